using System.Text;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>The files of one layer as its archive describes them, in order: the last one of a name wins.</summary>
/// <remarks>
/// Paths are resolved as a chroot would: links lead nowhere outside the tree, <c>..</c> stops at its root, and what a path
/// only implies becomes a directory. File data is not held, only where it lies in the tar.
/// </remarks>
public sealed partial class LayerTree
{
    internal const int Root = 0;

    private const int MaxNameBytes = 255;
    private const int MaxLinksFollowed = 40;

    private readonly EntryTable _table;
    private readonly Dictionary<int, int> _attributesByHash = [];
    private byte[] _lastDirectory = [];
    private int _lastDirectoryInode;
    private int _extentCount;

    /// <param name="maxTextBytes">Most bytes of names, link targets and attributes together.</param>
    public LayerTree(int maxTextBytes = int.MaxValue)
    {
        Arena = new ByteArena(maxTextBytes);
        _table = new EntryTable(Entries, Arena);
        Inodes.Add(new LayerInode { Mode = FileMode.Directory | 0x1ED, Data = -1, Attributes = -1, Parent = Root });
    }

    /// <summary>Bytes of all files when extracted, data of replaced ones included.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>Whether <c>.wh.</c> files become what overlayfs hides files of lower layers by; else they are left out, for a lowest layer hides nothing.</summary>
    internal bool KeepsWhiteouts { get; init; }

    internal ChunkedArray<LayerInode> Inodes { get; } = new();

    internal ChunkedArray<LayerEntry> Entries { get; } = new();

    internal ByteArena Arena { get; }

    internal List<byte[]> AttributeSets { get; } = [];

    internal List<SparseFile> SparseFiles { get; } = [];

    /// <summary>Puts a member in.</summary>
    /// <exception cref="ArchiveException">The member is not allowed.</exception>
    public void Add(TarEntry member)
    {
        try
        {
            AddMember(member);
        }
        catch (ArchiveException e)
        {
            throw new ArchiveException($"{Show(member.Name.Span)}: {e.Message}", e.Hint, e);
        }
    }

    /// <summary>The inode at a path, links in its directories followed inside the tree, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> path)
    {
        var parts = PathComponents.Split(path);
        var inode = Root;
        var budget = MaxLinksFollowed;
        for (var i = 0; i < parts.Count && inode >= 0; i++)
        {
            var entry = _table.Find(inode, path[parts[i]]);
            inode = entry < 0 ? -1 : i == parts.Count - 1 ? Entries[entry].Inode : Follow(inode, Entries[entry].Inode, create: false, default, ref budget);
        }

        return inode;
    }

    private static string Show(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    private static bool IsWhiteout(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith(".wh."u8))
        {
            return false;
        }

        var hidden = name[4..];
        return hidden.IsEmpty || hidden.SequenceEqual("."u8) || hidden.SequenceEqual(".."u8)
            ? throw new ArchiveException("a whiteout of nothing")
            : true;
    }

    private static int Device(TarEntry member)
    {
        var (major, minor) = (member.DeviceMajor, member.DeviceMinor);
        if (major > 0xFFF || minor > 0xFFFFF)
        {
            throw new ArchiveException($"device number {major}:{minor} is over 4095:1048575");
        }

        // Character device 0:0 is how overlayfs hides a file.
        return major == 0 && minor == 0 && member.Type == TarEntryType.CharacterDevice
            ? throw new ArchiveException("character device 0:0 is not allowed in an archive")
            : (int)((minor & 0xFF) | (major << 8) | ((minor & ~0xFFu) << 12));
    }

    private void AddMember(TarEntry member)
    {
        var path = member.Name.Span;
        var parts = PathComponents.Split(path);
        if (parts.Count == 0)
        {
            if (member.Type != TarEntryType.Directory)
            {
                throw new ArchiveException("the root can only be a directory");
            }

            SetMetadata(ref Inodes[Root], member);
            KeepOpaque(Root);
            return;
        }

        foreach (var part in parts)
        {
            if (path[part].Length > MaxNameBytes)
            {
                throw new ArchiveException($"a name of {path[part].Length} bytes, the most is {MaxNameBytes}");
            }
        }

        var name = path[parts[^1]];
        if (IsWhiteout(name))
        {
            if (KeepsWhiteouts)
            {
                AddWhiteout(ParentOf(path, parts, member), name[4..]);
            }

            return;
        }

        var parent = ParentOf(path, parts, member);
        if (member.Type == TarEntryType.HardLink)
        {
            AddHardLink(parent, name, member.LinkName.Span);
            return;
        }

        var existing = _table.Find(parent, name);
        if (existing >= 0 && member.Type == TarEntryType.Directory && Inodes[Entries[existing].Inode].IsDirectory)
        {
            SetMetadata(ref Inodes[Entries[existing].Inode], member);
            KeepOpaque(Entries[existing].Inode);
            return;
        }

        var hidesDirectory = member.Type == TarEntryType.Directory && existing >= 0 && IsWhiteout(Inodes[Entries[existing].Inode]);
        var inode = NewInode(member, parent);
        SetName(parent, name, existing, inode);
        if (hidesDirectory)
        {
            MakeOpaque(inode);
        }
    }

    private void AddHardLink(int parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        var inode = Find(target);
        if (inode < 0)
        {
            throw new ArchiveException($"hard link to {Show(target)}, which is not in the archive before it");
        }

        if (Inodes[inode].IsDirectory)
        {
            throw new ArchiveException($"hard link to {Show(target)}, which is a directory");
        }

        SetName(parent, name, _table.Find(parent, name), inode);
    }

    private void SetName(int parent, ReadOnlySpan<byte> name, int existing, int inode)
    {
        if (existing >= 0)
        {
            // What was there stays behind unreachable, a directory with all that is in it.
            Entries[existing].Inode = inode;
            _lastDirectory = [];
            return;
        }

        ref var directory = ref Inodes[parent];
        var entry = new LayerEntry
        {
            Parent = parent,
            Inode = inode,
            Next = directory.Data,
            Name = Arena.Add(name),
            NameLength = (byte)name.Length,
        };
        directory.Data = Entries.Add(entry);
        _table.Add(directory.Data);
    }

    private int NewInode(TarEntry member, int parent)
    {
        var inode = new LayerInode { Parent = parent, Attributes = -1, Data = -1 };
        switch (member.Type)
        {
            case TarEntryType.Directory:
                inode.Mode = FileMode.Directory;
                break;
            case TarEntryType.SymbolicLink:
                inode.Mode = FileMode.SymbolicLink;
                inode.SizeBytes = member.LinkName.Length;
                inode.Data = Arena.Add(member.LinkName.Span);
                break;
            case TarEntryType.CharacterDevice:
                inode.Mode = FileMode.CharacterDevice;
                inode.Data = Device(member);
                break;
            case TarEntryType.BlockDevice:
                inode.Mode = FileMode.BlockDevice;
                inode.Data = Device(member);
                break;
            case TarEntryType.Fifo:
                inode.Mode = FileMode.Fifo;
                break;
            default:
                SetData(ref inode, member);
                break;
        }

        SetMetadata(ref inode, member);
        return Inodes.Add(inode);
    }

    private void SetData(ref LayerInode inode, TarEntry member)
    {
        inode.Mode = FileMode.Regular;
        inode.SizeBytes = member.SizeBytes;
        ContentBytes += member.SizeBytes;
        if (member.SparseExtents is { } extents)
        {
            _extentCount += extents.Count;
            if (_extentCount > 4 * SparseMap.MaxExtents)
            {
                throw new ArchiveException($"sparse maps with more than {4 * SparseMap.MaxExtents} extents together");
            }

            inode.IsSparse = true;
            inode.Data = SparseFiles.Count;
            SparseFiles.Add(new SparseFile(Inodes.Count, member.DataOffsetBytes, extents));
        }
        else
        {
            inode.Data = member.SizeBytes == 0
                ? 0
                : unchecked((int)(uint)((ErofsLayout.HeadBytes + member.DataOffsetBytes) / ErofsLayout.BlockBytes));
        }
    }

    private void SetMetadata(ref LayerInode inode, TarEntry member)
    {
        inode.Mode = (ushort)((inode.Mode & FileMode.TypeMask) | member.Mode);
        inode.UserId = member.UserId;
        inode.GroupId = member.GroupId;
        inode.ModifiedSeconds = member.ModifiedSeconds;
        inode.ModifiedNanoseconds = member.ModifiedNanoseconds;
        inode.Attributes = -1;
        if (member.ExtendedAttributes.Count + member.TextualAcls.Count == 0)
        {
            return;
        }

        var encoded = AttributeEncoder.Encode([.. member.ExtendedAttributes, .. AclText.ToAttributes(member)]);
        if (encoded.Length > 0)
        {
            inode.Attributes = AddAttributes(encoded);
        }
    }

    // Most layers have a few sets that many files share.
    private int AddAttributes(byte[] encoded)
    {
        var hash = default(HashCode);
        hash.AddBytes(encoded);
        var key = hash.ToHashCode();
        if (_attributesByHash.TryGetValue(key, out var known) && AttributeSets[known].AsSpan().SequenceEqual(encoded))
        {
            return known;
        }

        Arena.Reserve(encoded.Length);
        AttributeSets.Add(encoded);
        _attributesByHash[key] = AttributeSets.Count - 1;
        return AttributeSets.Count - 1;
    }

    private int ParentOf(ReadOnlySpan<byte> path, List<Range> parts, TarEntry member)
    {
        // Archives list a directory's files together.
        var directory = path[..parts[^1].Start.Value];
        if (_lastDirectory.Length > 0 && directory.SequenceEqual(_lastDirectory))
        {
            return _lastDirectoryInode;
        }

        var budget = MaxLinksFollowed;
        var inode = Root;
        for (var i = 0; i < parts.Count - 1; i++)
        {
            inode = Enter(inode, path[parts[i]], member, ref budget);
        }

        _lastDirectory = directory.ToArray();
        _lastDirectoryInode = inode;
        return inode;
    }

    private int Enter(int directory, ReadOnlySpan<byte> name, TarEntry member, ref int budget)
    {
        var entry = _table.Find(directory, name);
        if (entry >= 0)
        {
            return Follow(directory, Entries[entry].Inode, create: true, member, ref budget);
        }

        var implied = Inodes.Add(new LayerInode
        {
            Mode = FileMode.Directory | 0x1ED,
            ModifiedSeconds = member.ModifiedSeconds,
            Parent = directory,
            Data = -1,
            Attributes = -1,
        });
        SetName(directory, name, -1, implied);
        return implied;
    }

    // The directory that an inode is, or leads to as a link found in a directory.
    private int Follow(int directory, int inode, bool create, TarEntry? member, ref int budget)
    {
        ref var found = ref Inodes[inode];
        if (found.IsDirectory)
        {
            return inode;
        }

        if (!found.IsSymbolicLink)
        {
            return create ? throw new ArchiveException("a part of its path is not a directory") : -1;
        }

        if (--budget < 0)
        {
            throw new ArchiveException("too many symbolic links in its path");
        }

        var target = Arena.Get(found.Data, (int)found.SizeBytes);
        var at = target[0] == (byte)'/' ? Root : directory;
        foreach (var range in target.Split((byte)'/'))
        {
            var part = target[range];
            if (part.SequenceEqual(".."u8))
            {
                at = Inodes[at].Parent;
            }
            else if (!part.IsEmpty && !part.SequenceEqual("."u8))
            {
                if (create)
                {
                    at = Enter(at, part, member!, ref budget);
                }
                else
                {
                    var entry = _table.Find(at, part);
                    at = entry < 0 ? -1 : Follow(at, Entries[entry].Inode, create: false, member, ref budget);
                    if (at < 0)
                    {
                        return -1;
                    }
                }
            }
        }

        return at;
    }
}
