using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Changes the owner of an open file, also of one opened with O_PATH, <c>fchownat(2)</c> AT_EMPTY_PATH. Clears setuid bits.</summary>
    public static void FChown(SafeFileHandle file, uint uid, uint gid) => FChownAt(file, "", uid, gid);

    /// <summary>Changes the owner and never follows a link, <c>fchownat(2)</c>.</summary>
    public static void FChownAt(SafeFileHandle? directory, PathName path, uint uid, uint gid) =>
        Check(TryFChownAt(directory, path, uid, gid), "change owner of", directory, path);

    /// <inheritdoc cref="FChownAt"/>
    public static Errno TryFChownAt(SafeFileHandle? directory, PathName path, uint uid, uint gid)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        int flags = Constants.AtSymlinkNoFollow | (path.IsEmpty ? Constants.AtEmptyPath : 0);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.fchownat(dir.Number, p, uid, gid, flags));
        }
    }

    /// <summary>Changes the mode of an open file; O_PATH descriptors need Linux 6.6, older kernels are served through /proc.</summary>
    public static void FChmod(SafeFileHandle file, uint mode) => FChmodAt(file, "", mode);

    /// <summary>
    /// Changes the mode and never follows a link, <c>fchmodat2(2)</c>, Linux 6.6. On older kernels the file is opened with
    /// O_PATH, and changed through /proc/self/fd after a check that it is no link.
    /// </summary>
    public static void FChmodAt(SafeFileHandle? directory, PathName path, uint mode) =>
        Check(TryFChmodAt(directory, path, mode), "change mode of", directory, path);

    /// <inheritdoc cref="FChmodAt"/>
    public static Errno TryFChmodAt(SafeFileHandle? directory, PathName path, uint mode)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        int flags = Constants.AtSymlinkNoFollow | (path.IsEmpty ? Constants.AtEmptyPath : 0);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            Errno errno = CallResult.Of(Libc.syscall(SystemCalls.Fchmodat2, dir.Number, (nint)p, (nint)mode, flags));
            return errno == Errno.ENOSYS ? ChmodThroughProc(directory, path, mode) : errno;
        }
    }

    private static Errno ChmodThroughProc(SafeFileHandle? directory, PathName path, uint mode)
    {
        SafeFileHandle file = directory!;
        if (!path.IsEmpty)
        {
            Errno errno = TryOpenAt(directory, path, OpenFlags.Path | OpenFlags.NoFollow, 0, out file);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        try
        {
            if (Stat(file).IsSymbolicLink)
            {
                return Errno.EOPNOTSUPP;
            }

            using var fd = new FdLease(file);
            using var link = new CString($"/proc/self/fd/{fd.Number}", stackalloc byte[CString.StackSize]);

            // SAFETY: NUL-terminated and pinned.
            fixed (byte* p = link)
            {
                return CallResult.Of(Libc.fchmodat(Constants.AtFdCwd, p, mode, 0));
            }
        }
        finally
        {
            if (!path.IsEmpty)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Sets the times and never follows a link, <c>utimensat(2)</c>. Null leaves a time as it is; an empty path means the descriptor (Linux 5.8).</summary>
    public static void UtimensAt(SafeFileHandle? directory, PathName path, FileTime? access, FileTime? modify) =>
        Check(TryUtimensAt(directory, path, access, modify), "set times of", directory, path);

    /// <inheritdoc cref="UtimensAt"/>
    public static Errno TryUtimensAt(SafeFileHandle? directory, PathName path, FileTime? access, FileTime? modify)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        Timespec* times = stackalloc Timespec[2] { ToTimespec(access), ToTimespec(modify) };
        int flags = Constants.AtSymlinkNoFollow | (path.IsEmpty ? Constants.AtEmptyPath : 0);

        // SAFETY: two timespecs, as the call reads.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.utimensat(dir.Number, p, times, flags));
        }
    }

    private static Timespec ToTimespec(FileTime? time) =>
        time is { } t
            ? new Timespec { Seconds = t.Seconds, Nanoseconds = t.Nanoseconds }
            : new Timespec { Nanoseconds = Constants.UtimeOmit };
}
