using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Writes back the whole file system of the open file, <c>syncfs(2)</c>.</summary>
    public static void SyncFs(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Of(Libc.syncfs(fd.Number)), "sync file system of", file);
    }

    /// <summary>Writes back a file or directory, <c>fsync(2)</c>.</summary>
    public static void Fsync(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Of(Libc.fsync(fd.Number)), "sync", file);
    }

    /// <summary>Writes back a file's data and its size, <c>fdatasync(2)</c>.</summary>
    public static void Fdatasync(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Of(Libc.fdatasync(fd.Number)), "sync", file);
    }

    /// <summary>Writes back a directory that is named by path, so that a rename in it survives a power cut.</summary>
    public static void FsyncDirectory(PathName path)
    {
        using SafeFileHandle directory = Open(path, OpenFlags.Directory);
        Fsync(directory);
    }

    /// <summary>Copies in the kernel, sharing extents where the file system can, <c>copy_file_range(2)</c>.</summary>
    /// <returns>The bytes copied, fewer than asked at the source's end.</returns>
    public static long CopyFileRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long lengthBytes)
    {
        using var from = new FdLease(source);
        using var to = new FdLease(target);
        long copied = 0;
        while (copied < lengthBytes)
        {
            nint r = Libc.syscall(
                SystemCalls.CopyFileRange, from.Number, (nint)(&sourceOffset), to.Number, (nint)(&targetOffset), (nint)(lengthBytes - copied));
            if (CallResult.Interrupted(r))
            {
                continue;
            }

            Check(CallResult.Of(r), "copy to", target);
            if (r == 0)
            {
                break;
            }

            copied += r;
        }

        return copied;
    }

    /// <summary>The next stretch of data from an offset on, <c>lseek(2)</c> SEEK_DATA and SEEK_HOLE; null where only a hole follows. A file
    /// system that keeps no holes tells one stretch. Moves the file's position.</summary>
    public static (long Start, long End)? NextData(SafeFileHandle file, long offset)
    {
        using var fd = new FdLease(file);
        long start = Libc.lseek(fd.Number, offset, Constants.SeekData);
        if (start < 0 && CallResult.Last == Errno.ENXIO)
        {
            return null;
        }

        Check(CallResult.Of((nint)start), "seek data of", file);
        long end = Libc.lseek(fd.Number, start, Constants.SeekHole);
        Check(CallResult.Of((nint)end), "seek hole of", file);
        return (start, end);
    }

    /// <summary>Reserves space, <c>fallocate(2)</c>. Mode 0 grows the file; 3 punches a hole.</summary>
    public static Errno TryFallocate(SafeFileHandle file, int mode, long offset, long lengthBytes)
    {
        using var fd = new FdLease(file);
        nint r;
        do
        {
            r = Libc.fallocate(fd.Number, mode, offset, lengthBytes);
        }
        while (CallResult.Interrupted(r));

        return CallResult.Of(r);
    }

    /// <summary>Sets a file's length, <c>ftruncate(2)</c>.</summary>
    public static void Truncate(SafeFileHandle file, long lengthBytes)
    {
        using var fd = new FdLease(file);
        nint r;
        do
        {
            r = Libc.ftruncate(fd.Number, lengthBytes);
        }
        while (CallResult.Interrupted(r));

        Check(CallResult.Of(r), "truncate", file);
    }

    /// <summary>Takes an advisory lock of the open file and waits for it, <c>flock(2)</c>. The lock dies with the last descriptor of the open file.</summary>
    public static void Flock(SafeFileHandle file, bool exclusive) =>
        Check(TryFlock(file, exclusive, wait: true), "lock", file);

    /// <summary>Takes an advisory lock, <c>flock(2)</c>; EAGAIN where it is held and <paramref name="wait"/> is false.</summary>
    public static Errno TryFlock(SafeFileHandle file, bool exclusive, bool wait)
    {
        using var fd = new FdLease(file);
        int operation = (exclusive ? Constants.LockExclusive : Constants.LockShared) | (wait ? 0 : Constants.LockNonBlocking);
        nint r;
        do
        {
            r = Libc.flock(fd.Number, operation);
        }
        while (CallResult.Interrupted(r));

        return CallResult.Of(r);
    }

    /// <summary>Gives a lock back before its descriptor is closed, <c>flock(2)</c>.</summary>
    public static void Unlock(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        Check(CallResult.Of(Libc.flock(fd.Number, Constants.LockUnlock)), "unlock", file);
    }

    /// <summary>A file in memory that has no name in any file system, <c>memfd_create(2)</c>. Sealing is allowed.</summary>
    public static SafeFileHandle MemfdCreate(string name)
    {
        using var label = new CString(name, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = label)
        {
            nint r = Libc.syscall(SystemCalls.MemfdCreate, (nint)p, (nint)(Constants.MemfdCloseOnExec | Constants.MemfdAllowSealing));
            Check(CallResult.Handle(r, out SafeFileHandle handle), "create memory file", null, name);
            return handle;
        }
    }

    /// <summary>Reads into the buffer, <c>read(2)</c>; for pipes, sockets and terminals. 0 is the end.</summary>
    public static Errno TryRead(SafeFileHandle file, Span<byte> buffer, out int count)
    {
        using var fd = new FdLease(file);

        // SAFETY: the buffer is pinned and its length given.
        fixed (byte* p = buffer)
        {
            nint r;
            do
            {
                r = Libc.read(fd.Number, p, (nuint)buffer.Length);
            }
            while (CallResult.Interrupted(r));

            count = (int)Math.Max(r, 0);
            return CallResult.Of(r);
        }
    }

    /// <summary>Writes from the buffer, <c>write(2)</c>; may write less than asked.</summary>
    public static Errno TryWrite(SafeFileHandle file, ReadOnlySpan<byte> buffer, out int count)
    {
        using var fd = new FdLease(file);

        // SAFETY: the buffer is pinned and its length given.
        fixed (byte* p = buffer)
        {
            nint r;
            do
            {
                r = Libc.write(fd.Number, p, (nuint)buffer.Length);
            }
            while (CallResult.Interrupted(r));

            count = (int)Math.Max(r, 0);
            return CallResult.Of(r);
        }
    }
}
