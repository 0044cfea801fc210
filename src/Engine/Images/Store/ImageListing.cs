using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>What <c>images</c> and <c>system df</c> show.</summary>
public sealed class ImageListing(ImageStore store, IImageUsers users)
{
    /// <summary>All images, the newest first.</summary>
    public List<ImageSummary> List()
    {
        var tags = store.Tags.List().ToLookup(tag => tag.Id, tag => tag.Reference);
        var inUse = users.List().ToLookup(user => user.ImageId);
        var images = store.Ids().Select(store.Read).OfType<StoredImage>().ToList();
        var layerUsers = images.SelectMany(image => image.Config.DiffIds.Distinct()).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        return
        [
            .. images.Select(image => new ImageSummary
            {
                Id = image.Id,
                Config = image.Config,
                References = [.. tags[image.Id]],
                SizeBytes = image.Config.DiffIds.Sum(store.ContentBytes),
                SharedBytes = image.Config.DiffIds.Distinct().Where(id => layerUsers[id] > 1).Sum(store.ContentBytes),
                Containers = inUse[image.Id].Count(),
            })
            .OrderByDescending(image => image.Config.Created),
        ];
    }

    /// <summary>Bytes of disk that all layers take, and that would be free without the images that no container uses.</summary>
    public (long TotalBytes, long ReclaimableBytes) DiskUsage()
    {
        var used = users.List().ToList();
        var keep = used.SelectMany(user => user.DiffIds).ToHashSet();
        long total = 0;
        long reclaimable = 0;
        if (!Directory.Exists(store.Paths.Layers))
        {
            return (0, 0);
        }

        foreach (var path in Directory.EnumerateFiles(store.Paths.Layers))
        {
            if (Linux.Files.TryStatAt(null, path, followLink: false, out var stat) == Linux.Errno.Success)
            {
                var allocated = (long)stat.Blocks512 * 512;
                total += allocated;
                reclaimable += Digest.TryParse(Path.GetFileName(path), out var id) && keep.Contains(id) ? 0 : allocated;
            }
        }

        return (total, reclaimable);
    }
}
