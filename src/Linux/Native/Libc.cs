using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary>
/// Raw imports, blittable only. Every method returns what libc returns: -1 means that errno is set and must be read at once,
/// see <see cref="CallResult"/>. Calls that glibc 2.36 has no wrapper for go through <c>syscall(2)</c>.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    [LibraryImport(Name)]
    public static partial nint syscall(nint number, nint a, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0);

    [LibraryImport(Name)]
    public static partial int close(int fd);

    [LibraryImport(Name)]
    public static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport(Name)]
    public static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Name)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Name)]
    public static partial int ioctl(int fd, nuint request, nint argument);
}
