using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <summary>
/// Reads files and directories of a live tree, which somebody may be changing, and hands them to a sink. Every file is opened once, by O_PATH and without
/// following a link, and looked at and read through that descriptor: a name that comes to mean something else meanwhile changes nothing. Only regular
/// files are opened for reading; sockets are passed over.
/// </summary>
public sealed class TreeReader(ITreeSink sink)
{
    private const ResolveFlags Below = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks;

    private readonly Dictionary<(DeviceNumber Device, ulong Inode), byte[]> _firstNames = [];

    /// <summary>The owner that is handed on for an owner on disk; null: the same.</summary>
    public Func<uint, uint, (uint User, uint Group)>? Owner { get; init; }

    /// <summary>Hands on a file, or a directory with all that is in it, in order of names.</summary>
    /// <param name="start">The file or directory, opened with O_PATH.</param>
    /// <param name="name">What it is called; empty for a root, whose entries then have no prefix.</param>
    public void AddTree(SafeFileHandle start, ReadOnlySpan<byte> name)
    {
        if (!AddOne(start, name))
        {
            return;
        }

        // Depth first, as archives are read; only one directory is open at a time, so that no depth exhausts descriptors or the thread's stack.
        var open = new Stack<OpenDirectory>();
        var directory = Enter(start, [], open);
        try
        {
            while (open.TryPeek(out var top))
            {
                if (directory is not null && top.Next() is { } entry)
                {
                    var full = Join(top.Path, entry);
                    if (AddEntry(directory, entry, full, name))
                    {
                        directory.Dispose();
                        directory = Enter(start, full, open);
                    }

                    continue;
                }

                directory?.Dispose();
                open.Pop();
                directory = open.Count == 0 ? null : Open(start, open.Peek().Path);
            }
        }
        finally
        {
            directory?.Dispose();
        }
    }

    /// <summary>Hands on one file or directory.</summary>
    /// <param name="node">It, opened with O_PATH.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>Whether it is a directory.</returns>
    public bool AddOne(SafeFileHandle node, ReadOnlySpan<byte> name)
    {
        var stat = Files.Stat(node);
        if (stat.Kind == FileKind.Socket)
        {
            return false;
        }

        var entry = Describe(node, stat, name);
        if (!stat.IsDirectory && stat.LinkCount > 1 && !_firstNames.TryAdd((stat.Device, stat.Inode), name.ToArray()))
        {
            sink.Add(entry.AsHardLink(_firstNames[(stat.Device, stat.Inode)]), null);
            return false;
        }

        if (!stat.IsRegular)
        {
            sink.Add(entry, null);
            return stat.IsDirectory;
        }

        var errno = Files.TryReopen(node, OpenFlags.ReadOnly | OpenFlags.NonBlocking, out var file);
        ThrowIf(errno, name);
        using (file)
        {
            var holes = SparseLayout.Of(file, stat);
            var data = new StoredFileData(file, holes ?? [new SparseExtent(0, stat.SizeBytes)]);
            sink.Add(entry.WithData(stat.SizeBytes, holes), data);
        }

        return false;
    }

    private static bool IsGone(Errno errno) => errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or Errno.ESTALE;

    private static void ThrowIf(Errno errno, ReadOnlySpan<byte> path)
    {
        if (errno != Errno.Success)
        {
            throw new LinuxException("read", new PathName(path).ToString(), errno);
        }
    }

    private static byte[] Join(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name) => path.IsEmpty ? name.ToArray() : [.. path, (byte)'/', .. name];

    private static TarEntryType TypeOf(FileKind kind) => kind switch
    {
        FileKind.Directory => TarEntryType.Directory,
        FileKind.SymbolicLink => TarEntryType.SymbolicLink,
        FileKind.CharacterDevice => TarEntryType.CharacterDevice,
        FileKind.BlockDevice => TarEntryType.BlockDevice,
        FileKind.Fifo => TarEntryType.Fifo,
        _ => TarEntryType.File,
    };

    // Null where the directory is gone by now.
    private static SafeFileHandle? Open(SafeFileHandle start, byte[] path)
    {
        var errno = Files.TryOpenAt2(start, path.Length == 0 ? "."u8 : path, OpenFlags.Directory | OpenFlags.NoFollow, 0, Below, out var directory);
        if (IsGone(errno))
        {
            return null;
        }

        ThrowIf(errno, path);
        return directory;
    }

    private static SafeFileHandle? Enter(SafeFileHandle start, byte[] path, Stack<OpenDirectory> open)
    {
        var directory = Open(start, path);
        var names = directory is null ? [] : Files.ReadDirectory(directory).ConvertAll(entry => entry.Name);
        names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        open.Push(new OpenDirectory(path, names));
        return directory;
    }

    private bool AddEntry(SafeFileHandle directory, byte[] entry, byte[] full, ReadOnlySpan<byte> name)
    {
        var errno = Files.TryOpenAt(directory, entry, OpenFlags.Path | OpenFlags.NoFollow, 0, out var node);
        if (IsGone(errno))
        {
            return false;
        }

        ThrowIf(errno, full);
        using (node)
        {
            return AddOne(node, Join(name, full));
        }
    }

    private TarEntry Describe(SafeFileHandle node, in FileStat stat, ReadOnlySpan<byte> name)
    {
        byte[] target = [];
        if (stat.IsSymbolicLink)
        {
            ThrowIf(Files.TryReadLinkAt(node, "", out target), name);
        }

        var (user, group) = Owner?.Invoke(stat.Uid, stat.Gid) ?? (stat.Uid, stat.Gid);
        var isDevice = stat.Kind is FileKind.CharacterDevice or FileKind.BlockDevice;
        return new TarEntry
        {
            Type = TypeOf(stat.Kind),
            Name = !stat.IsDirectory ? name.ToArray() : name.IsEmpty ? "./"u8.ToArray() : [.. name, (byte)'/'],
            LinkName = target,
            Mode = (int)stat.Permissions,
            UserId = user,
            GroupId = group,
            ModifiedSeconds = stat.ModifyTime.Seconds,
            ModifiedNanoseconds = (int)stat.ModifyTime.Nanoseconds,
            DeviceMajor = isDevice ? stat.RawDevice.Major : 0,
            DeviceMinor = isDevice ? stat.RawDevice.Minor : 0,
            ExtendedAttributes =
            [
                .. Files.ReadXattrs(node).Where(x => TreeAttributes.IsKept(x.Name)).OrderBy(x => x.Name, StringComparer.Ordinal).Select(x => new ExtendedAttribute(x.Name, x.Value)),
            ],
        };
    }

    private sealed class OpenDirectory(byte[] path, List<byte[]> names)
    {
        private int _next;

        public byte[] Path => path;

        public byte[]? Next() => _next < names.Count ? names[_next++] : null;
    }
}
