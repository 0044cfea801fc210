using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int inotify_init1(int flags);

    [LibraryImport(Name)]
    public static partial int inotify_add_watch(int inotify, byte* path, uint mask);
}
