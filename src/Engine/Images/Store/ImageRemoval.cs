using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Events;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>Takes names and images away, by docker's rules.</summary>
public sealed class ImageRemoval(ImageStore store, IImageUsers users)
{
    private const int ExitCode = 1;

    /// <summary>Removes a name, and the image with its last name; returns docker's lines (<c>Untagged: …</c>, <c>Deleted: …</c>).</summary>
    /// <exception cref="EngineException">It is not there, or needs <paramref name="force"/>.</exception>
    public List<string> Remove(string text, bool force)
    {
        using var _ = StoreLock.Take(store.Paths, exclusive: true);
        if (store.FindId(text) is not { } id || !store.Exists(id))
        {
            throw new EngineException($"image {text}: not found", "see what there is with: minidock images", ExitCode);
        }

        var names = store.Tags.List().Where(tag => tag.Id == id).Select(tag => tag.Reference).ToList();
        var lines = new List<string>();
        var isByName = ImageReference.TryParse(text, out var reference) && names.Contains(reference);
        if (isByName && names.Count > 1)
        {
            Untag(id, reference, lines);
            return lines;
        }

        if (!isByName && names.Count > 1 && !force)
        {
            throw new EngineException(
                $"remove image {text}: in use ({names.Count} names: {string.Join(", ", names)})", "remove the names one by one, or all with -f", ExitCode);
        }

        var inUse = users.List().Where(user => user.ImageId == id).ToList();
        if (inUse.Count > 0 && !force)
        {
            throw new EngineException(
                $"remove image {text}: in use (container {string.Join(", ", inUse.Select(user => user.Container))})",
                $"remove the container first: minidock rm {inUse[0].Container}; or use -f: containers keep the layers that they need",
                ExitCode);
        }

        names.ForEach(name => Untag(id, name, lines));
        Delete(id, lines);
        lines.AddRange(new LayerSweep(store, users).Run().Layers.Select(layer => $"Deleted: {layer}"));
        return lines;
    }

    /// <summary>Removes images without a name, or all that no container uses; returns docker's lines and the bytes freed.</summary>
    public (List<string> Lines, long FreedBytes) Prune(bool all, Func<StoredImage, bool>? filter = null)
    {
        using var _ = StoreLock.Take(store.Paths, exclusive: true);
        StagingDirectory.RemoveDead(store.Paths);
        var tags = store.Tags.List();
        var used = users.List().Select(user => user.ImageId).ToHashSet();
        var lines = new List<string>();
        foreach (var id in store.Ids())
        {
            var names = tags.Where(tag => tag.Id == id).Select(tag => tag.Reference).ToList();
            if (used.Contains(id) || (names.Count > 0 && !all) || (filter is not null && !(store.Read(id) is { } image && filter(image))))
            {
                continue;
            }

            names.ForEach(name => Untag(id, name, lines));
            Delete(id, lines);
        }

        var (layers, freed) = new LayerSweep(store, users).Run();
        lines.AddRange(layers.Select(layer => $"Deleted: {layer}"));
        return (lines, freed);
    }

    /// <summary>Removes images that are of no use any more, and with them layers that nothing else needs.</summary>
    /// <param name="ids">The images.</param>
    /// <param name="layer">A layer that goes whatever needs it, or null.</param>
    /// <exception cref="EngineException">A container uses one of them: then all stays; exit code 1.</exception>
    internal void Discard(IReadOnlyList<Digest> ids, Digest? layer = null)
    {
        using var _ = StoreLock.Take(store.Paths, exclusive: true);
        if (users.List().FirstOrDefault(user => ids.Contains(user.ImageId) || (layer is { } one && user.DiffIds.Contains(one))) is { } user)
        {
            throw new EngineException($"image {user.ImageId.Short}: EBUSY (container {user.Container} uses it)", exitCode: ExitCode);
        }

        foreach (var id in ids)
        {
            store.Tags.List().Where(tag => tag.Id == id).Select(tag => tag.Reference).ToList().ForEach(name => Untag(id, name, []));
            Delete(id, []);
        }

        if (layer is { } damaged)
        {
            Files.RemoveTree(null, store.Paths.Layer(damaged));
            Files.RemoveTree(null, store.Paths.Extracted(damaged));
        }

        new LayerSweep(store, users).Run();
    }

    private void Untag(Digest id, ImageReference reference, List<string> lines)
    {
        store.Tags.Remove(reference);
        store.Events.Append(ImageEvents.Of(id, "untag", reference));
        lines.Add($"Untagged: {reference}");
    }

    private void Delete(Digest id, List<string> lines)
    {
        Files.RemoveTree(null, store.Paths.Image(id));
        store.Events.Append(ImageEvents.Of(id, "delete"));
        lines.Add($"Deleted: {id}");
    }
}
