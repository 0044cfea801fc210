using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <summary>
/// Writes members into a directory, which others may be changing: every name is looked up below the root in one system call that cannot leave it, what is
/// made is made anew beside that descriptor, and no link at the end of a name is followed. What was there of the same name goes, but for directories.
/// </summary>
internal sealed partial class TreeWriter(SafeFileHandle root, TreeWriterOptions options) : ITreeSink, IDisposable
{
    private const uint OwnerOnly = 0x1C0;
    private const uint Implied = 0x1ED;
    private const int MostRaces = 128;

    private readonly List<(byte[] Path, TarEntry Entry)> _directories = [];
    private byte[]? _parentPath;
    private SafeFileHandle? _parent;

    /// <inheritdoc/>
    public void Add(TarEntry entry, FileData? data)
    {
        var path = Normal(entry.Name.Span);
        if (path.Length == 0)
        {
            if (!options.KeepsRoot && entry.Type == TarEntryType.Directory)
            {
                _directories.Add(([], entry));
            }

            return;
        }

        var slash = path.AsSpan().LastIndexOf((byte)'/');
        var directory = OpenParent(slash < 0 ? [] : path[..slash]);
        var name = path[(slash + 1)..];
        for (var attempt = 0; ; attempt++)
        {
            var errno = Make(directory, name, path, entry, data);
            if (errno == Errno.Success)
            {
                return;
            }

            // Somebody was quicker with the same name: it goes as if it had been there before.
            if (errno != Errno.EEXIST || attempt == MostRaces)
            {
                throw new LinuxException("create", Show(path), errno);
            }
        }
    }

    /// <summary>Sets what directories look like: last, for writing into them changes their times, and a mode may forbid it.</summary>
    public void Finish()
    {
        for (var i = _directories.Count - 1; i >= 0; i--)
        {
            var (path, entry) = _directories[i];
            using var directory = Open(path, OpenFlags.NoFollow, out var errno) ?? throw new LinuxException("open directory", Show(path), errno);

            SetOwner(entry, (user, group) => Files.FChown(directory, user, group));
            Files.FChmod(directory, ModeOf(entry));
            SetAttributes(entry, path, (name, value) => Files.TrySetXattr(directory, name, value));
            Files.UtimensAt(directory, "", null, TimeOf(entry));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parent?.Dispose();

    private static string Show(byte[] path) => Encoding.UTF8.GetString(path);

    // No empty parts, no "." and "..": what is left can only go down.
    private static byte[] Normal(ReadOnlySpan<byte> path)
    {
        var parts = PathComponents.Split(path);
        var normal = new List<byte>(path.Length);
        foreach (var part in parts)
        {
            if (normal.Count > 0)
            {
                normal.Add((byte)'/');
            }

            normal.AddRange(path[part]);
        }

        return [.. normal];
    }

    private SafeFileHandle? Open(byte[] path, OpenFlags flags, out Errno errno)
    {
        byte[] full = options.Base.Length == 0 ? path : [.. options.Base, (byte)'/', .. path];
        errno = Files.TryOpenAt2(root, full.Length == 0 ? "."u8 : full, OpenFlags.Directory | flags, 0, options.Resolve, out var directory);
        return errno == Errno.Success ? directory : null;
    }

    private SafeFileHandle OpenParent(byte[] path)
    {
        if (_parent is { } known && _parentPath!.AsSpan().SequenceEqual(path))
        {
            return known;
        }

        _parent?.Dispose();
        _parent = null;
        var errno = Errno.Success;
        for (var attempt = 0; attempt <= MostRaces; attempt++)
        {
            if (Open(path, OpenFlags.ReadOnly, out errno) is { } directory)
            {
                (_parent, _parentPath) = (directory, path);
                return directory;
            }

            if (errno != Errno.ENOENT || path.Length == 0)
            {
                break;
            }

            // An archive may name a file without the directories that it is in.
            var slash = path.AsSpan().LastIndexOf((byte)'/');
            using var above = Files.Duplicate(OpenParent(slash < 0 ? [] : path[..slash]));
            errno = Files.TryMkdirAt(above, path[(slash + 1)..], Implied);
            if (errno is not (Errno.Success or Errno.EEXIST))
            {
                break;
            }

            errno = Errno.ELOOP;
            _parent?.Dispose();
            _parent = null;
        }

        throw new LinuxException("open directory", Show(path), errno);
    }

    private Errno Make(SafeFileHandle directory, byte[] name, byte[] path, TarEntry entry, FileData? data)
    {
        var isDirectory = entry.Type == TarEntryType.Directory;
        var errno = Files.TryStatAt(directory, name, followLink: false, out var existing);
        if (errno == Errno.Success)
        {
            if (isDirectory && existing.IsDirectory)
            {
                _directories.Add((path, entry));
                return Errno.Success;
            }

            if (options.KeepsKinds && isDirectory != existing.IsDirectory)
            {
                throw new ArchiveException(isDirectory
                    ? $"cannot overwrite non-directory \"{Show(path)}\" with directory"
                    : $"cannot overwrite directory \"{Show(path)}\" with non-directory");
            }

            if (existing.IsDirectory)
            {
                Files.RemoveTree(directory, name);
            }
            else if (Files.TryUnlinkAt(directory, name) is var removed and not (Errno.Success or Errno.ENOENT or Errno.EISDIR))
            {
                throw new LinuxException("remove", Show(path), removed);
            }
        }
        else if (errno != Errno.ENOENT)
        {
            return errno;
        }

        switch (entry.Type)
        {
            case TarEntryType.Directory:
                _directories.Add((path, entry));
                return Files.TryMkdirAt(directory, name, OwnerOnly);
            case TarEntryType.HardLink:
                return Link(directory, name, entry);
            case TarEntryType.File:
                return MakeFile(directory, name, path, entry, data);
            case TarEntryType.SymbolicLink:
                errno = Files.TrySymlinkAt(entry.LinkName.Span, directory, name);
                break;
            default:
                errno = MakeNode(directory, name, entry);
                break;
        }

        if (errno == Errno.Success)
        {
            SetMetadata(directory, name, path, entry);
        }

        return errno;
    }

    private static Errno MakeNode(SafeFileHandle directory, byte[] name, TarEntry entry)
    {
        var kind = entry.Type switch
        {
            TarEntryType.CharacterDevice => FileKind.CharacterDevice,
            TarEntryType.BlockDevice => FileKind.BlockDevice,
            _ => FileKind.Fifo,
        };
        return Files.TryMknodAt(directory, name, (uint)kind | 0x180, new DeviceNumber(entry.DeviceMajor, entry.DeviceMinor));
    }

    private Errno Link(SafeFileHandle directory, byte[] name, TarEntry entry)
    {
        var target = Normal(entry.LinkName.Span);
        var slash = target.AsSpan().LastIndexOf((byte)'/');
        using var first = Open(slash < 0 ? [] : target[..slash], OpenFlags.ReadOnly, out var errno);
        return first is null ? errno : Files.TryLinkAt(first, target[(slash + 1)..], directory, name);
    }

    private Errno MakeFile(SafeFileHandle directory, byte[] name, byte[] path, TarEntry entry, FileData? data)
    {
        var errno = Files.TryOpenAt(directory, name, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180, out var file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        using (file)
        {
            WriteData(file, path, entry, data);
            SetOwner(entry, (user, group) => Files.FChown(file, user, group));
            Files.FChmod(file, ModeOf(entry));
            SetAttributes(entry, path, (key, value) => Files.TrySetXattr(file, key, value));
            Files.UtimensAt(file, "", null, TimeOf(entry));
        }

        return Errno.Success;
    }

    private static void WriteData(SafeFileHandle file, byte[] path, TarEntry entry, FileData? data)
    {
        if (entry.SparseExtents is not null)
        {
            Files.Truncate(file, entry.SizeBytes);
        }

        foreach (var extent in entry.SparseExtents ?? [new SparseExtent(0, entry.SizeBytes)])
        {
            if (extent.LengthBytes > 0 && data!.CopyTo(file, extent.OffsetBytes, extent.LengthBytes) != extent.LengthBytes)
            {
                throw new EndOfStreamException($"{Show(path)}: became shorter while it was copied");
            }
        }
    }
}
