using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>Writes a layer's tree as files into an empty private directory. The tree is resolved already: a path in it goes through no link.</summary>
internal sealed class TreeExtractor(LayerTree tree, SafeFileHandle layer, SafeFileHandle root)
{
    private static readonly TreeWriterOptions Options = new()
    {
        Resolve = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks | ResolveFlags.NoXDev,
        Owner = (user, group) => (user, group),
    };

    private readonly Dictionary<int, byte[]> _firstNames = [];

    public void Extract()
    {
        using var writer = new TreeWriter(root, Options);
        writer.Add(Describe(LayerTree.Root, "."u8.ToArray()), null);

        // Breadth first, so that no depth of directories exhausts the stack.
        var directories = new List<(int Inode, byte[] Path)> { (LayerTree.Root, []) };
        for (var i = 0; i < directories.Count; i++)
        {
            ExtractEntries(directories[i].Inode, directories[i].Path, directories, writer);
        }

        writer.Finish();
    }

    private void ExtractEntries(int parent, byte[] path, List<(int Inode, byte[] Path)> directories, TreeWriter writer)
    {
        for (var index = tree.Inodes[parent].Data; index >= 0; index = tree.Entries[index].Next)
        {
            ref var entry = ref tree.Entries[index];
            byte[] full = [.. path, .. tree.Arena.Get(entry.Name, entry.NameLength)];
            ref var inode = ref tree.Inodes[entry.Inode];
            var member = Describe(entry.Inode, full);
            if (inode.IsDirectory)
            {
                directories.Add((entry.Inode, [.. full, (byte)'/']));
            }
            else if (!_firstNames.TryAdd(entry.Inode, full))
            {
                writer.Add(member.AsHardLink(_firstNames[entry.Inode]), null);
                continue;
            }

            writer.Add(member, inode.IsRegular ? DataOf(inode) : null);
        }
    }

    private TarEntry Describe(int number, byte[] path)
    {
        ref var inode = ref tree.Inodes[number];
        var device = inode.IsDevice ? (uint)inode.Data : 0;
        var member = new TarEntry
        {
            Type = TypeOf(inode.Mode),
            Name = path,
            LinkName = inode.IsSymbolicLink ? tree.Arena.Get(inode.Data, (int)inode.SizeBytes).ToArray() : default(ReadOnlyMemory<byte>),
            Mode = inode.Mode & 0xFFF,
            UserId = inode.UserId,
            GroupId = inode.GroupId,
            ModifiedSeconds = inode.ModifiedSeconds,
            ModifiedNanoseconds = inode.ModifiedNanoseconds,
            DeviceMajor = (device >> 8) & 0xFFF,
            DeviceMinor = (device & 0xFF) | ((device >> 12) & 0xFFF00),
            ExtendedAttributes = inode.Attributes < 0 ? [] : [.. AttributeEncoder.Decode(tree.AttributeSets[inode.Attributes])],
        };
        return inode.IsRegular ? member.WithData(inode.SizeBytes, inode.IsSparse ? tree.SparseFiles[inode.Data].Extents : null) : member;
    }

    private static TarEntryType TypeOf(int mode) => (mode & Erofs.FileMode.TypeMask) switch
    {
        Erofs.FileMode.Directory => TarEntryType.Directory,
        Erofs.FileMode.SymbolicLink => TarEntryType.SymbolicLink,
        Erofs.FileMode.CharacterDevice => TarEntryType.CharacterDevice,
        Erofs.FileMode.BlockDevice => TarEntryType.BlockDevice,
        Erofs.FileMode.Fifo => TarEntryType.Fifo,
        _ => TarEntryType.File,
    };

    // In the tar the stretches of a sparse file lie one after the other.
    private StoredFileData DataOf(in LayerInode inode)
    {
        var from = inode.IsSparse ? ErofsLayout.HeadBytes + tree.SparseFiles[inode.Data].TarOffsetBytes : (long)(uint)inode.Data * ErofsLayout.BlockBytes;
        var length = inode.IsSparse ? tree.SparseFiles[inode.Data].Extents.Sum(e => e.LengthBytes) : inode.SizeBytes;
        return new StoredFileData(layer, [new SparseExtent(from, length)]);
    }
}
