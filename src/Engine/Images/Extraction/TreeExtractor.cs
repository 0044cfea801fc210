using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Linux;
using FileMode = MiniDock.Engine.Images.Erofs.FileMode;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>
/// Writes a layer's tree as files into an empty private directory. The tree is resolved already, so every directory on the way
/// is one that was made here; all calls are relative to descriptors and none follows a link.
/// </summary>
internal sealed class TreeExtractor(LayerTree tree, SafeFileHandle layer, SafeFileHandle root)
{
    private const ResolveFlags Inside = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks | ResolveFlags.NoXDev;
    private const uint OwnerOnly = 0x1C0;

    private readonly Dictionary<int, byte[]> _firstNames = [];

    public void Extract()
    {
        // Breadth first, so that no depth of directories exhausts the stack; what directories look like comes last, in reverse,
        // for writing into them changes their times.
        var directories = new List<(int Inode, byte[] Path)> { (LayerTree.Root, "."u8.ToArray()) };
        for (var i = 0; i < directories.Count; i++)
        {
            ExtractEntries(directories[i].Inode, directories[i].Path, directories);
        }

        for (var i = directories.Count - 1; i >= 0; i--)
        {
            using var directory = Open(directories[i].Path);
            ref var inode = ref tree.Inodes[directories[i].Inode];
            Files.FChown(directory, inode.UserId, inode.GroupId);
            Files.FChmod(directory, (uint)inode.Mode & 0xFFF);
            SetAttributes(inode, (name, value) => Files.TrySetXattr(directory, name, value));
            Files.UtimensAt(directory, "", null, TimeOf(inode));
        }
    }

    private static FileTime TimeOf(in LayerInode inode) => new(inode.ModifiedSeconds, (uint)inode.ModifiedNanoseconds);

    private SafeFileHandle Open(byte[] path) => Files.OpenAt2(root, path, OpenFlags.Directory | OpenFlags.NoFollow, 0, Inside);

    private void ExtractEntries(int parent, byte[] path, List<(int Inode, byte[] Path)> directories)
    {
        using var directory = Open(path);
        for (var index = tree.Inodes[parent].Data; index >= 0; index = tree.Entries[index].Next)
        {
            ref var entry = ref tree.Entries[index];
            var name = tree.Arena.Get(entry.Name, entry.NameLength).ToArray();
            byte[] full = [.. path, (byte)'/', .. name];
            if (tree.Inodes[entry.Inode].IsDirectory)
            {
                Files.MkdirAt(directory, name, OwnerOnly);
                directories.Add((entry.Inode, full));
            }
            else if (_firstNames.TryGetValue(entry.Inode, out var first))
            {
                Files.LinkAt(root, first, directory, name);
            }
            else
            {
                ExtractFile(directory, name, entry.Inode);
                _firstNames.Add(entry.Inode, full);
            }
        }
    }

    private void ExtractFile(SafeFileHandle directory, byte[] name, int number)
    {
        ref var inode = ref tree.Inodes[number];
        if (inode.IsRegular)
        {
            using var file = Files.OpenAt(directory, name, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180);
            CopyData(file, inode);
            Files.FChown(file, inode.UserId, inode.GroupId);
            Files.FChmod(file, (uint)inode.Mode & 0xFFF);
            SetAttributes(inode, (key, value) => Files.TrySetXattr(file, key, value));
            Files.UtimensAt(file, "", null, TimeOf(inode));
            return;
        }

        if (inode.IsSymbolicLink)
        {
            Files.SymlinkAt(tree.Arena.Get(inode.Data, (int)inode.SizeBytes), directory, name);
        }
        else
        {
            var device = (uint)inode.Data;
            Files.MknodAt(
                directory, name, ((uint)inode.Mode & FileMode.TypeMask) | 0x180,
                inode.IsDevice ? new DeviceNumber((device >> 8) & 0xFFF, (device & 0xFF) | ((device >> 12) & 0xFFF00)) : default);
        }

        Files.FChownAt(directory, name, inode.UserId, inode.GroupId);
        if (!inode.IsSymbolicLink)
        {
            Files.FChmodAt(directory, name, (uint)inode.Mode & 0xFFF);
        }

        byte[] path = [.. System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"/proc/self/fd/{directory.DangerousGetHandle()}/")), .. name];
        SetAttributes(inode, (key, value) => Files.TrySetXattr((PathName)path, key, value));
        Files.UtimensAt(directory, name, null, TimeOf(inode));
    }

    private void CopyData(SafeFileHandle file, in LayerInode inode)
    {
        if (!inode.IsSparse)
        {
            Copy(file, (long)(uint)inode.Data * ErofsLayout.BlockBytes, 0, inode.SizeBytes);
            return;
        }

        var sparse = tree.SparseFiles[inode.Data];
        var from = ErofsLayout.HeadBytes + sparse.TarOffsetBytes;
        Files.Truncate(file, inode.SizeBytes);
        foreach (var extent in sparse.Extents)
        {
            Copy(file, from, extent.OffsetBytes, extent.LengthBytes);
            from += extent.LengthBytes;
        }
    }

    private void Copy(SafeFileHandle file, long from, long to, long length)
    {
        if (length > 0 && Files.CopyFileRange(layer, from, file, to, length) != length)
        {
            throw new EndOfStreamException("the layer's file is shorter than its index says");
        }
    }

    private void SetAttributes(in LayerInode inode, Func<string, byte[], Errno> set)
    {
        if (inode.Attributes < 0)
        {
            return;
        }

        foreach (var (name, value) in AttributeEncoder.Decode(tree.AttributeSets[inode.Attributes]))
        {
            var errno = set(name, value.ToArray());
            if (errno != Errno.Success)
            {
                throw new LinuxException("set attribute", name, errno);
            }
        }
    }
}
