using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>
/// File system calls. A null directory means the working directory. Descriptors are always O_CLOEXEC and belong to the caller.
/// <c>X</c> throws <see cref="LinuxException"/>, <c>TryX</c> returns the error number.
/// </summary>
public static unsafe partial class Files
{
    /// <summary>Opens a path, <c>open(2)</c>.</summary>
    public static SafeFileHandle Open(PathName path, OpenFlags flags, uint mode = 0) => OpenAt(null, path, flags, mode);

    /// <summary>Opens a path relative to a directory, <c>openat(2)</c>.</summary>
    public static SafeFileHandle OpenAt(SafeFileHandle? directory, PathName path, OpenFlags flags, uint mode = 0)
    {
        Check(TryOpenAt(directory, path, flags, mode, out SafeFileHandle handle), "open", directory, path);
        return handle;
    }

    /// <summary>Opens a path relative to a directory, <c>openat(2)</c>.</summary>
    public static Errno TryOpenAt(SafeFileHandle? directory, PathName path, OpenFlags flags, uint mode, out SafeFileHandle handle)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);

        // SAFETY: the path is NUL-terminated and pinned for the call.
        fixed (byte* p = name)
        {
            nint r;
            do
            {
                r = Libc.openat(dir.Number, p, (int)(flags | OpenFlags.CloseOnExec), mode);
            }
            while (CallResult.Interrupted(r));

            return CallResult.Handle(r, out handle);
        }
    }

    /// <summary>
    /// Opens a path with rules for its resolution, <c>openat2(2)</c>, Linux 5.6. EAGAIN, which the kernel gives when a rename
    /// raced with the walk, is tried again a bounded number of times.
    /// </summary>
    public static SafeFileHandle OpenAt2(SafeFileHandle? directory, PathName path, OpenFlags flags, uint mode, ResolveFlags resolve)
    {
        Check(TryOpenAt2(directory, path, flags, mode, resolve, out SafeFileHandle handle), "open", directory, path);
        return handle;
    }

    /// <inheritdoc cref="OpenAt2"/>
    public static Errno TryOpenAt2(
        SafeFileHandle? directory, PathName path, OpenFlags flags, uint mode, ResolveFlags resolve, out SafeFileHandle handle)
    {
        const int MaximumAttempts = 128;
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        var how = new OpenHow { Flags = (uint)(flags | OpenFlags.CloseOnExec), Mode = mode, Resolve = (ulong)resolve };

        // SAFETY: path and open_how live for the call; the size given is that of the structure.
        fixed (byte* p = name)
        {
            nint r;
            int attempts = 0;
            do
            {
                r = Libc.syscall(SystemCalls.Openat2, dir.Number, (nint)p, (nint)(&how), sizeof(OpenHow));
            }
            while (CallResult.Interrupted(r) || (r < 0 && CallResult.Last == Errno.EAGAIN && ++attempts < MaximumAttempts));

            return CallResult.Handle(r, out handle);
        }
    }

    /// <summary>A second descriptor of the same open file, <c>fcntl(2)</c> F_DUPFD_CLOEXEC, numbered <paramref name="minimum"/> or above.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle file, int minimum = 0)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Handle(Libc.fcntl(fd.Number, Constants.FcntlDupCloseOnExec, minimum), out SafeFileHandle handle), "duplicate", file);
        return handle;
    }

    /// <summary>Opens the very file that a descriptor stands for, also one of O_PATH, through /proc. Nothing is looked up by name again.</summary>
    public static Errno TryReopen(SafeFileHandle file, OpenFlags flags, out SafeFileHandle handle)
    {
        using var fd = new FdLease(file);
        return TryOpenAt(null, ProcPath(fd.Number), flags, 0, out handle);
    }

    // Leads to what the descriptor stands for, even to a symbolic link itself.
    private static string ProcPath(int number) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{number}");

    /// <summary>A descriptor of the given number that is not ours to close, for the standard streams.</summary>
    public static SafeFileHandle Borrow(int number) => new(number, ownsHandle: false);

    /// <summary>Whether the descriptor is passed on by execve.</summary>
    public static void SetInheritable(SafeFileHandle file, bool inheritable)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Of(Libc.fcntl(fd.Number, Constants.FcntlSetFd, inheritable ? 0 : Constants.FdCloseOnExec)), "set inheritable", file);
    }

    /// <summary>Sets or clears O_NONBLOCK. It belongs to the open file, so other holders of it see it too.</summary>
    public static void SetNonBlocking(SafeFileHandle file, bool nonBlocking)
    {
        using var fd = new FdLease(file);
        int flags = Libc.fcntl(fd.Number, Constants.FcntlGetFlags, 0);
        Check(CallResult.Of(flags), "get flags of", file);
        flags = nonBlocking ? flags | (int)OpenFlags.NonBlocking : flags & ~(int)OpenFlags.NonBlocking;
        Check(CallResult.Of(Libc.fcntl(fd.Number, Constants.FcntlSetFlags, flags)), "set flags of", file);
    }

    internal static void Check(Errno errno, string operation, SafeFileHandle? directory, PathName path, string? detail = null)
    {
        if (errno != Errno.Success)
        {
            throw new LinuxException(operation, Describe(directory, path), errno, detail);
        }
    }

    internal static void Check(Errno errno, string operation, SafeFileHandle file) => Check(errno, operation, file, "");

    /// <summary>The full path for an error message: the directory's own path is asked of /proc.</summary>
    internal static string Describe(SafeFileHandle? directory, PathName path)
    {
        if (directory is null || path.IsAbsolute)
        {
            return path.ToString();
        }

        if (directory.IsClosed || directory.IsInvalid)
        {
            return path.ToString();
        }

        long number = directory.DangerousGetHandle();
        string parent = TryReadLinkAt(null, $"/proc/self/fd/{number}", out byte[] target) == Errno.Success
            ? new PathName(target).ToString()
            : $"descriptor {number}";
        return path.IsEmpty ? parent : $"{parent}/{path.ToString()}";
    }
}
