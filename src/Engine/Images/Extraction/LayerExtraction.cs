using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Store;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>Layers as directories, for hosts that cannot mount their files: made when first needed, from the tar in the layer's file.</summary>
public sealed class LayerExtraction(ImageStore store)
{
    /// <summary>Makes sure that a layer's directory is there.</summary>
    /// <returns>Its path.</returns>
    public string Ensure(Digest diffId)
    {
        var target = store.Paths.Extracted(diffId);
        if (Files.Exists(target))
        {
            return target;
        }

        Files.CreateDirectories(Path.GetDirectoryName(target)!, 0x1C0);
        using var staging = CreateStaging();
        var made = Path.Combine(staging.DirectoryPath, "root");
        Files.MkdirAt(null, made, 0x1C0);
        using (var root = Files.Open(made, OpenFlags.Directory))
        using (var layer = Files.Open(store.LayerFile(diffId), OpenFlags.ReadOnly))
        {
            new TreeExtractor(StoredLayer.ReadTree(layer, HeadOf(diffId)), layer, root).Extract();

            // A power cut must not leave half a layer under its final name.
            Files.SyncFs(root);
        }

        // Another run may have made it in the meantime: then ours goes with the staging directory.
        var errno = Files.TryRenameAt2(null, made, null, target, RenameFlags.NoReplace);
        return errno is Errno.Success or Errno.EEXIST ? target : throw new LinuxException("rename", target, errno);
    }

    private StagingDirectory CreateStaging()
    {
        using var _ = StoreLock.Take(store.Paths, exclusive: true);
        return StagingDirectory.Create(store.Paths);
    }

    private LayerHead HeadOf(Digest diffId) => store.Head(diffId) ?? throw new ArchiveException($"layer {diffId.Short} is missing or damaged");
}
