using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Engine.Integrity;

/// <summary>Looks for damage among images: their configs by their ids, their manifests, layers and names, and what killed imports have left.</summary>
internal sealed class ImageCheck(ImageStore store, IImageUsers users)
{
    private readonly LayerCheck _layers = new(store);
    private readonly List<Damage> _found = [];
    private readonly Dictionary<Digest, StoredImage> _readable = [];
    private List<ImageUser> _users = [];

    /// <summary>Looks at everything.</summary>
    public CheckReport Find()
    {
        // Nobody removes or adds an image meanwhile: what is half there would look like damage.
        using var held = Directory.Exists(store.Paths.Root) ? store.HoldImages() : null;
        _users = users.List().ToList();
        var ids = store.Ids();
        ids.ForEach(CheckConfig);
        var layers = CheckLayers();
        foreach (var image in _readable.Values)
        {
            CheckManifest(image);
        }

        CheckTags(ids);
        if (StagingDirectory.CountDead(store.Paths) is > 0 and var dead)
        {
            _found.Add(new Damage("import", $"{dead} unfinished", "killed imports have left files", "the next import removes it")
            {
                Repair = () =>
                {
                    using var _ = StoreLock.Take(store.Paths, exclusive: true);
                    return StagingDirectory.RemoveDead(store.Paths) > 0 ? "removed" : "gone already";
                },
            });
        }

        var named = store.Tags.List().Select(tag => tag.Id).ToHashSet();
        return new CheckReport(_found)
        {
            ImageCount = ids.Count,
            LayerCount = layers.Count,
            LayerBytes = layers.Sum(SizeOf),
            UnnamedImages = [.. _readable.Keys.Where(id => !named.Contains(id) && !_users.Exists(u => u.ImageId == id)).Select(id => id.Short)],
        };
    }

    private void CheckConfig(Digest id)
    {
        if (TryRead(id) is { } image)
        {
            _readable.Add(id, image);
        }
        else
        {
            _found.Add(DamagedImage(id, File.Exists(store.Paths.Config(id)) ? "its config is not the one that its id names" : "it has no config"));
        }
    }

    private StoredImage? TryRead(Digest id)
    {
        try
        {
            return store.Read(id);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private Damage DamagedImage(Digest id, string text) => _users.Find(u => u.ImageId == id) is { } user
        ? new Damage("image", Names([id]), text, $"container {user.Container} uses it and goes on; import the image again for new ones")
        : new Damage("image", Names([id]), text, "import it again")
        {
            Repair = () => TryRead(id) is not null ? "it is whole now" : Discard([id]),
        };

    private HashSet<Digest> CheckLayers()
    {
        var layers = _readable.Values.SelectMany(image => image.Config.DiffIds).Concat(_users.SelectMany(user => user.DiffIds)).ToHashSet();
        foreach (var layer in layers)
        {
            if (_layers.Find(layer) is not { } text)
            {
                continue;
            }

            var images = _readable.Values.Where(image => image.Config.DiffIds.Contains(layer)).Select(image => image.Id).ToList();
            var holders = _users.Where(user => user.DiffIds.Contains(layer)).Select(user => user.Container).ToList();
            var needed = images.Count > 0 ? $"{text}; needed by {Names(images)}" : text;
            _found.Add(holders.Count > 0
                ? new Damage("layer", layer.Short, needed, $"save what you need of container {string.Join(", ", holders)} (minidock cp), remove it, and check again with --repair")
                : new Damage("layer", layer.Short, needed, $"import {Names(images)} again")
                {
                    Repair = () => _layers.Find(layer) is null ? "it is whole now" : Discard(images, layer),
                });
        }

        return layers;
    }

    private void CheckManifest(StoredImage image)
    {
        var json = ManifestOf(image);
        if (json is null || (File.Exists(store.Paths.Manifest(image.Id)) && json.AsSpan().SequenceEqual(File.ReadAllBytes(store.Paths.Manifest(image.Id)))))
        {
            return;
        }

        _found.Add(new Damage("manifest", Names([image.Id]), "it is not the one of the image", "import the image again")
        {
            Repair = () =>
            {
                store.WriteManifest(image.Id, json);
                return "written anew";
            },
        });
    }

    // Without a whole layer its size is not known; the layer is told of then.
    private byte[]? ManifestOf(StoredImage image)
    {
        var layers = image.Config.DiffIds.Select(layer => (layer, store.Head(layer)?.TarBytes ?? -1)).ToList();
        return layers.Exists(layer => layer.Item2 < 0) ? null : ManifestWriter.Write(image.Id, new FileInfo(store.Paths.Config(image.Id)).Length, layers);
    }

    private void CheckTags(List<Digest> ids)
    {
        foreach (var (path, name, id) in store.Tags.Files())
        {
            if (id is null || !ids.Contains(id.Value))
            {
                _found.Add(new Damage("tag", name, id is null ? "it holds no image id" : $"there is no image {id.Value.Short}", "give the image its name again: minidock tag")
                {
                    Repair = () =>
                    {
                        using var _ = StoreLock.Take(store.Paths, exclusive: true);
                        TagStore.RemoveFile(path);
                        return "removed";
                    },
                });
            }
        }
    }

    private string Discard(List<Digest> images, Digest? layer = null)
    {
        var names = Names(images);
        new ImageRemoval(store, users).Discard(images, layer);
        return $"removed {names}".TrimEnd();
    }

    private string Names(IEnumerable<Digest> ids) =>
        string.Join(", ", ids.Select(id => store.NamesOf(id) is { Count: > 0 } names ? string.Join(", ", names) : id.Short));

    private long SizeOf(Digest layer) => new FileInfo(store.LayerFile(layer)) is { Exists: true } file ? file.Length : 0;
}
