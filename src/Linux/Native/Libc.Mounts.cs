using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int mount(byte* source, byte* target, byte* type, nuint flags, byte* data);

    [LibraryImport(Name)]
    public static partial int umount2(byte* target, int flags);

    [LibraryImport(Name)]
    public static partial int chroot(byte* path);

    [LibraryImport(Name)]
    public static partial int chdir(byte* path);

    [LibraryImport(Name)]
    public static partial int fchdir(int fd);
}
