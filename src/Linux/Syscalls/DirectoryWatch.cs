using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Tells that something was written, made or renamed in a directory, <c>inotify(7)</c>. What it was is not told: whoever waits looks itself,
/// so that nothing is missed when the kernel's queue is full.</summary>
public sealed unsafe class DirectoryWatch : IDisposable
{
    private DirectoryWatch(SafeFileHandle file) => File = file;

    /// <summary>Readable when something has happened since the last <see cref="Clear"/>.</summary>
    public SafeFileHandle File { get; }

    /// <summary>Watches a directory. ENOSPC where the user's watches are used up (fs.inotify.max_user_watches), EMFILE for its instances.</summary>
    public static DirectoryWatch Open(string path)
    {
        Errno errno = CallResult.Handle(Libc.inotify_init1(Constants.InotifyCloseOnExec | Constants.InotifyNonBlocking), out SafeFileHandle file);
        if (errno == Errno.Success)
        {
            using var name = new CString(path, stackalloc byte[CString.StackSize]);
            using var fd = new FdLease(file);
            fixed (byte* p = name)
            {
                errno = CallResult.Of(Libc.inotify_add_watch(fd.Number, p, Constants.InotifyModify | Constants.InotifyMovedTo | Constants.InotifyCreate));
            }
        }

        if (errno == Errno.Success)
        {
            return new DirectoryWatch(file);
        }

        file.Dispose();
        throw new LinuxException("watch", path, errno);
    }

    /// <summary>Forgets what has happened: call it before looking, not after.</summary>
    public void Clear()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (Files.TryRead(File, buffer, out int count) == Errno.Success && count > 0)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
