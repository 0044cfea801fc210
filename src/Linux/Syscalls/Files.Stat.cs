using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Describes the open file, also one opened with O_PATH, <c>statx(2)</c>.</summary>
    public static FileStat Stat(SafeFileHandle file)
    {
        Check(TryStatAt(file, "", false, out FileStat stat), "stat", file);
        return stat;
    }

    /// <summary>Describes the file at a path and follows a symbolic link, <c>statx(2)</c>.</summary>
    public static FileStat Stat(PathName path) => StatAt(null, path, followLink: true);

    /// <summary>Describes the file at a path, <c>statx(2)</c>. An empty path means the descriptor itself.</summary>
    public static FileStat StatAt(SafeFileHandle? directory, PathName path, bool followLink = false)
    {
        Check(TryStatAt(directory, path, followLink, out FileStat stat), "stat", directory, path);
        return stat;
    }

    /// <inheritdoc cref="StatAt"/>
    public static Errno TryStatAt(SafeFileHandle? directory, PathName path, bool followLink, out FileStat stat)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        int flags = Constants.AtNoAutomount
            | (followLink ? 0 : Constants.AtSymlinkNoFollow)
            | (path.IsEmpty ? Constants.AtEmptyPath : 0);
        StatxBuffer buffer = default;

        // SAFETY: the buffer is the 256 bytes that the kernel writes.
        fixed (byte* p = name)
        {
            Errno errno = CallResult.Of(Libc.statx(dir.Number, p, flags, Constants.StatxBasicStats | Constants.StatxMountId, &buffer));
            stat = errno == Errno.Success ? new FileStat(in buffer) : default;
            return errno;
        }
    }

    /// <summary>Whether something is at the path; a dangling link counts. Errors other than ENOENT and ENOTDIR are thrown.</summary>
    public static bool Exists(PathName path) => ExistsAt(null, path);

    /// <inheritdoc cref="Exists"/>
    public static bool ExistsAt(SafeFileHandle? directory, PathName path)
    {
        Errno errno = TryStatAt(directory, path, followLink: false, out _);
        if (errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return false;
        }

        Check(errno, "stat", directory, path);
        return true;
    }

    /// <summary>The file system of an open file, <c>fstatfs(2)</c>.</summary>
    public static FileSystemStat StatFs(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        StatFsBuffer buffer = default;
        Check(CallResult.Of(Libc.fstatfs(fd.Number, &buffer)), "statfs", file);
        return new FileSystemStat(in buffer);
    }

    /// <summary>The file system of a path, <c>statfs(2)</c>.</summary>
    public static FileSystemStat StatFs(PathName path)
    {
        using SafeFileHandle file = Open(path, OpenFlags.Path);
        return StatFs(file);
    }
}
