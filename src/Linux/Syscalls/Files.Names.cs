using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Creates a directory, <c>mkdirat(2)</c>. The mode is cut by the umask.</summary>
    public static void MkdirAt(SafeFileHandle? directory, PathName path, uint mode) =>
        Check(TryMkdirAt(directory, path, mode), "create directory", directory, path);

    /// <inheritdoc cref="MkdirAt"/>
    public static Errno TryMkdirAt(SafeFileHandle? directory, PathName path, uint mode)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.mkdirat(dir.Number, p, mode));
        }
    }

    /// <summary>Creates a directory and its missing parents, as <c>mkdir -p</c>. Follows links: only for paths that the engine owns.</summary>
    public static void CreateDirectories(string path, uint mode)
    {
        Errno errno = TryMkdirAt(null, path, mode);
        if (errno == Errno.ENOENT && Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateDirectories(parent, mode);
            errno = TryMkdirAt(null, path, mode);
        }

        if (errno != Errno.EEXIST)
        {
            Check(errno, "create directory", null, path);
        }
    }

    /// <summary>Removes a name, or an empty directory, <c>unlinkat(2)</c>.</summary>
    public static void UnlinkAt(SafeFileHandle? directory, PathName path, bool removeDirectory = false) =>
        Check(TryUnlinkAt(directory, path, removeDirectory), removeDirectory ? "remove directory" : "remove", directory, path);

    /// <inheritdoc cref="UnlinkAt"/>
    public static Errno TryUnlinkAt(SafeFileHandle? directory, PathName path, bool removeDirectory = false)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.unlinkat(dir.Number, p, removeDirectory ? Constants.AtRemoveDir : 0));
        }
    }

    /// <summary>Renames, <c>renameat2(2)</c>.</summary>
    public static void RenameAt2(
        SafeFileHandle? oldDirectory, PathName oldPath, SafeFileHandle? newDirectory, PathName newPath, RenameFlags flags = RenameFlags.None) =>
        Check(TryRenameAt2(oldDirectory, oldPath, newDirectory, newPath, flags), "rename to", newDirectory, newPath);

    /// <inheritdoc cref="RenameAt2"/>
    public static Errno TryRenameAt2(
        SafeFileHandle? oldDirectory, PathName oldPath, SafeFileHandle? newDirectory, PathName newPath, RenameFlags flags = RenameFlags.None)
    {
        using var from = new FdLease(oldDirectory);
        using var to = new FdLease(newDirectory);
        using var oldName = new CString(oldPath, stackalloc byte[CString.StackSize]);
        using var newName = new CString(newPath, stackalloc byte[CString.StackSize]);

        // SAFETY: both NUL-terminated and pinned.
        fixed (byte* o = oldName)
        fixed (byte* n = newName)
        {
            return CallResult.Of(Libc.syscall(SystemCalls.Renameat2, from.Number, (nint)o, to.Number, (nint)n, (nint)(uint)flags));
        }
    }

    /// <summary>Creates a symbolic link; the target is stored as it is, <c>symlinkat(2)</c>.</summary>
    public static void SymlinkAt(PathName target, SafeFileHandle? directory, PathName path) =>
        Check(TrySymlinkAt(target, directory, path), "create symbolic link", directory, path);

    /// <inheritdoc cref="SymlinkAt"/>
    public static Errno TrySymlinkAt(PathName target, SafeFileHandle? directory, PathName path)
    {
        using var dir = new FdLease(directory);
        using var content = new CString(target, stackalloc byte[CString.StackSize]);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);

        // SAFETY: both NUL-terminated and pinned.
        fixed (byte* t = content)
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.symlinkat(t, dir.Number, p));
        }
    }

    /// <summary>Creates a hard link and does not follow a symbolic link, <c>linkat(2)</c>. An empty old path (AT_EMPTY_PATH) needs CAP_DAC_READ_SEARCH.</summary>
    public static void LinkAt(SafeFileHandle? oldDirectory, PathName oldPath, SafeFileHandle? newDirectory, PathName newPath) =>
        Check(TryLinkAt(oldDirectory, oldPath, newDirectory, newPath), "create hard link", newDirectory, newPath);

    /// <inheritdoc cref="LinkAt"/>
    public static Errno TryLinkAt(SafeFileHandle? oldDirectory, PathName oldPath, SafeFileHandle? newDirectory, PathName newPath)
    {
        using var from = new FdLease(oldDirectory);
        using var to = new FdLease(newDirectory);
        using var oldName = new CString(oldPath, stackalloc byte[CString.StackSize]);
        using var newName = new CString(newPath, stackalloc byte[CString.StackSize]);

        // SAFETY: both NUL-terminated and pinned.
        fixed (byte* o = oldName)
        fixed (byte* n = newName)
        {
            return CallResult.Of(Libc.linkat(from.Number, o, to.Number, n, oldPath.IsEmpty ? Constants.AtEmptyPath : 0));
        }
    }

    /// <summary>Creates a device node, fifo, socket or regular file, <c>mknodat(2)</c>.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="path">The name in it.</param>
    /// <param name="mode">Type (<see cref="FileKind"/>) and permissions, cut by the umask.</param>
    /// <param name="device">The numbers of a device node.</param>
    public static void MknodAt(SafeFileHandle? directory, PathName path, uint mode, DeviceNumber device = default) =>
        Check(TryMknodAt(directory, path, mode, device), "create node", directory, path);

    /// <inheritdoc cref="MknodAt"/>
    public static Errno TryMknodAt(SafeFileHandle? directory, PathName path, uint mode, DeviceNumber device = default)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.mknodat(dir.Number, p, mode, device.Encoded));
        }
    }

    /// <summary>The target of a symbolic link as UTF-8 text, <c>readlinkat(2)</c>.</summary>
    public static string ReadLinkAt(SafeFileHandle? directory, PathName path)
    {
        Check(TryReadLinkAt(directory, path, out byte[] target), "read link", directory, path);
        return new PathName(target).ToString();
    }

    /// <summary>The bytes of a symbolic link's target, <c>readlinkat(2)</c>.</summary>
    public static Errno TryReadLinkAt(SafeFileHandle? directory, PathName path, out byte[] target)
    {
        const int LongestTarget = 4096;
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        byte* buffer = stackalloc byte[LongestTarget];

        // SAFETY: the kernel writes at most the given size.
        fixed (byte* p = name)
        {
            nint r = Libc.readlinkat(dir.Number, p, buffer, LongestTarget);
            Errno errno = CallResult.Of(r);
            target = errno == Errno.Success ? new ReadOnlySpan<byte>(buffer, (int)r).ToArray() : [];
            return errno;
        }
    }
}
