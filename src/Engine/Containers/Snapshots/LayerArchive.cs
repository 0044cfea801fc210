using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Writes changes as the tar of an image layer (OCI image spec, layer.md): what is deleted is a file <c>.wh.NAME</c>.</summary>
internal static class LayerArchive
{
    private const ResolveFlags Below = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks;

    /// <summary>Writes it.</summary>
    /// <param name="changes">The changes, directories before what is in them.</param>
    /// <param name="merged">The container's root.</param>
    /// <param name="output">Where to.</param>
    public static void Write(IReadOnlyList<SnapshotChange> changes, SafeFileHandle merged, Stream output)
    {
        var writer = new TarWriter(output);
        var reader = new TreeReader(writer);
        foreach (var change in changes)
        {
            if (change.Kind == ChangeKind.Deleted)
            {
                writer.Add(Whiteout(change.Path), null);
                continue;
            }

            var errno = Files.TryOpenAt2(merged, change.Path, OpenFlags.Path | OpenFlags.NoFollow, 0, Below, out var node);
            if (errno != Errno.Success)
            {
                // A container that goes on running may have removed it.
                if (errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
                {
                    continue;
                }

                throw new LinuxException("read", Encoding.UTF8.GetString(change.Path), errno);
            }

            using (node)
            {
                reader.AddOne(node, change.Path);
            }
        }

        writer.Finish();
        output.Flush();
    }

    private static TarEntry Whiteout(byte[] path)
    {
        var slash = path.AsSpan().LastIndexOf((byte)'/') + 1;
        return new TarEntry { Type = TarEntryType.File, Name = (byte[])[.. path[..slash], .. ".wh."u8, .. path[slash..]], Mode = 0x180 };
    }
}
