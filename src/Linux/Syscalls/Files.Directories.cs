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
            nint size = Libc.syscall(SystemCalls.Getdents64, fd.Number, (nint)buffer, BufferSize);
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

        // Another process may put something into the directory after it was emptied: then once more.
        for (int attempt = 1; ; attempt++)
        {
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
            if (errno is Errno.Success or Errno.ENOENT)
            {
                return;
            }

            if (errno != Errno.ENOTEMPTY || attempt == MaximumAttempts)
            {
                Check(errno, "remove directory", directory, name);
            }
        }
    }

    private const int MaximumAttempts = 10;

    // The deepest directory that is held open. What lies deeper is moved up to the root of the tree first: neither descriptors
    // nor the thread's stack run out, however deep a container has dug.
    private const int MaximumOpenDirectories = 64;

    private static void Empty(SafeFileHandle root, DeviceNumber device)
    {
        var open = new Stack<(SafeFileHandle Directory, List<DirectoryEntry> Left, byte[] Name)>();
        open.Push((root, ReadDirectory(root), []));
        int moved = 0;
        try
        {
            while (open.TryPeek(out (SafeFileHandle Directory, List<DirectoryEntry> Left, byte[] Name) top))
            {
                if (top.Left.Count == 0)
                {
                    open.Pop();
                    if (open.TryPeek(out (SafeFileHandle Directory, List<DirectoryEntry> Left, byte[] Name) parent))
                    {
                        top.Directory.Dispose();
                        Check(TryUnlinkAt(parent.Directory, top.Name, removeDirectory: true), "remove directory", parent.Directory, top.Name);
                    }
                    else if (moved > 0)
                    {
                        moved = 0;
                        Rewind(root);
                        open.Push((root, ReadDirectory(root), []));
                    }

                    continue;
                }

                DirectoryEntry entry = top.Left[^1];
                top.Left.RemoveAt(top.Left.Count - 1);
                if (RemoveLeaf(top.Directory, entry, device) is not { } child)
                {
                    continue;
                }

                if (open.Count >= MaximumOpenDirectories)
                {
                    child.Dispose();
                    RenameAt2(top.Directory, entry.Name, root, $".removing-{moved++}-{Guid.NewGuid():n}", RenameFlags.NoReplace);
                    continue;
                }

                open.Push((child, ReadDirectory(child), entry.Name));
            }
        }
        finally
        {
            while (open.TryPop(out (SafeFileHandle Directory, List<DirectoryEntry> Left, byte[] Name) left))
            {
                if (left.Directory != root)
                {
                    left.Directory.Dispose();
                }
            }
        }
    }

    private static void Rewind(SafeFileHandle directory)
    {
        using var fd = new FdLease(directory);
        Check(CallResult.Of((nint)Libc.lseek(fd.Number, 0, Constants.SeekSet)), "rewind", directory);
    }

    // Removes the entry, or gives the directory that must be emptied first.
    private static SafeFileHandle? RemoveLeaf(SafeFileHandle directory, DirectoryEntry entry, DeviceNumber device)
    {
        Errno errno = entry.Kind == FileKind.Directory ? Errno.EISDIR : TryUnlinkAt(directory, entry.Name);
        if (errno is Errno.Success or Errno.ENOENT)
        {
            return null;
        }

        if (errno is not (Errno.EISDIR or Errno.EPERM))
        {
            Check(errno, "remove", directory, entry.Name);
        }

        errno = TryOpenAt(directory, entry.Name, OpenFlags.Directory | OpenFlags.NoFollow, 0, out SafeFileHandle child);
        Check(errno, "remove", directory, entry.Name);
        FileStat stat = Stat(child);
        if (stat.Device != device || stat.IsMountRoot)
        {
            child.Dispose();
            Check(Errno.EXDEV, "remove", directory, entry.Name, "a mount point");
        }

        return child;
    }
}
