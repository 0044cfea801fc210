using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>Removes layers that no image and no container needs. The caller holds the store's lock exclusively.</summary>
internal sealed class LayerSweep(ImageStore store, IImageUsers users)
{
    /// <summary>Removes them; returns which, and the bytes of disk that were freed.</summary>
    public (List<Digest> Layers, long FreedBytes) Run()
    {
        var needed = new HashSet<Digest>();
        try
        {
            needed.UnionWith(store.Ids().SelectMany(id => store.Read(id)?.Config.DiffIds ?? []));
        }
        catch (EngineException)
        {
            // What an image that cannot be read needs is not known: everything stays.
            return ([], 0);
        }

        foreach (var user in users.List())
        {
            needed.UnionWith(user.DiffIds);
        }

        RemoveExtracted(needed);
        var removed = new List<Digest>();
        long freed = 0;
        if (!Directory.Exists(store.Paths.Layers))
        {
            return (removed, freed);
        }

        foreach (var path in Directory.EnumerateFiles(store.Paths.Layers))
        {
            if (!Digest.TryParse(Path.GetFileName(path), out var diffId) || needed.Contains(diffId))
            {
                continue;
            }

            freed += (long)Files.Stat(path).Blocks512 * 512;
            Files.UnlinkAt(null, path);
            removed.Add(diffId);
        }

        return (removed, freed);
    }

    private void RemoveExtracted(HashSet<Digest> needed)
    {
        if (!Directory.Exists(store.Paths.ExtractedLayers))
        {
            return;
        }

        foreach (var path in Directory.EnumerateDirectories(store.Paths.ExtractedLayers))
        {
            if (!(Digest.TryParse(Path.GetFileName(path), out var diffId) && needed.Contains(diffId)))
            {
                Files.RemoveTree(null, path);
            }
        }
    }
}
