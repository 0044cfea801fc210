using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>All entries of an open directory but <c>.</c> and <c>..</c>, from its current position, <c>getdents64(2)</c>.</summary>
    public static List<DirectoryEntry> ReadDirectory(SafeFileHandle directory)
    {
        Check(TryReadDirectory(directory, out List<DirectoryEntry> entries), "read directory", directory);
        return entries;
    }

    /// <summary>All entries of the directory at a path.</summary>
    public static List<DirectoryEntry> ReadDirectory(PathName path)
    {
        using SafeFileHandle directory = Open(path, OpenFlags.Directory);
        return ReadDirectory(directory);
    }

    private static Errno TryReadDirectory(SafeFileHandle directory, out List<DirectoryEntry> entries)
    {
        const int BufferSize = 32768;
        entries = [];
        using var fd = new FdLease(directory);
        byte* buffer = stackalloc byte[BufferSize];
        while (true)
        {
            // SAFETY: the kernel writes at most BufferSize bytes.
            nint size = Libc.syscall(SyscallNumber.GetDents64, fd.Number, (nint)buffer, BufferSize);
            if (size <= 0)
            {
                return CallResult.Of(size);
            }

            for (ReadOnlySpan<byte> rest = new(buffer, (int)size); !rest.IsEmpty;)
            {
                // struct linux_dirent64: ino 8, off 8, reclen 2, type 1, name
                int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[16..]);
                ReadOnlySpan<byte> name = rest[19..length];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    entries.Add(new DirectoryEntry(name.ToArray(), (FileKind)(rest[18] << 12), BinaryPrimitives.ReadUInt64LittleEndian(rest)));
                }

                rest = rest[length..];
            }
        }
    }

    /// <summary>
    /// Removes a name and all below it. Everything is relative to descriptors, no link is followed and no other file system is
    /// entered, so that a hostile tree cannot lead it astray. A missing name is no error.
    /// </summary>
    /// <exception cref="LinuxException">EXDEV: something is mounted below.</exception>
    public static void RemoveTree(SafeFileHandle? directory, PathName name)
    {
        Errno errno = TryUnlinkAt(directory, name);
        if (errno is Errno.Success or Errno.ENOENT)
        {
            return;
        }

        if (errno is not (Errno.EISDIR or Errno.EPERM))
        {
            Check(errno, "remove", directory, name);
        }

        errno = TryOpenAt(directory, name, OpenFlags.Directory | OpenFlags.NoFollow, 0, out SafeFileHandle tree);
        Check(errno, "remove", directory, name);
        using (tree)
        {
            FileStat stat = Stat(tree);
            if (stat.IsMountRoot)
            {
                Check(Errno.EXDEV, "remove", directory, name, "a mount point");
            }

            Empty(tree, stat.Device);
        }

        errno = TryUnlinkAt(directory, name, removeDirectory: true);
        if (errno != Errno.ENOENT)
        {
            Check(errno, "remove directory", directory, name);
        }
    }

    // Depth is bounded by an explicit stack of descriptors, not by the thread's: trees may be deeper than it is.
    private static void Empty(SafeFileHandle root, DeviceNumber device)
    {
        var open = new Stack<(SafeFileHandle Directory, List<DirectoryEntry> Left, byte[] Name)>();
        open.Push((root, ReadDirectory(root), []));
        try
        {
            while (open.TryPeek(out var top))
            {
                if (top.Left.Count == 0)
                {
                    open.Pop();
                    if (open.TryPeek(out var parent))
                    {
                        top.Directory.Dispose();
                        Check(TryUnlinkAt(parent.Directory, top.Name, removeDirectory: true), "remove directory", parent.Directory, top.Name);
                    }

                    continue;
                }

                DirectoryEntry entry = top.Left[^1];
                top.Left.RemoveAt(top.Left.Count - 1);
                Errno errno = entry.Kind == FileKind.Directory ? Errno.EISDIR : TryUnlinkAt(top.Directory, entry.Name);
                if (errno is Errno.Success or Errno.ENOENT)
                {
                    continue;
                }

                if (errno is not (Errno.EISDIR or Errno.EPERM))
                {
                    Check(errno, "remove", top.Directory, entry.Name);
                }

                errno = TryOpenAt(top.Directory, entry.Name, OpenFlags.Directory | OpenFlags.NoFollow, 0, out SafeFileHandle child);
                Check(errno, "remove", top.Directory, entry.Name);
                FileStat stat = Stat(child);
                if (stat.Device != device || stat.IsMountRoot)
                {
                    child.Dispose();
                    Check(Errno.EXDEV, "remove", top.Directory, entry.Name, "a mount point");
                }

                open.Push((child, ReadDirectory(child), entry.Name));
            }
        }
        finally
        {
            while (open.TryPop(out var left))
            {
                if (open.Count > 0)
                {
                    left.Directory.Dispose();
                }
            }
        }
    }
}
