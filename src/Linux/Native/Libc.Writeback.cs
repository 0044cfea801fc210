using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int sync_file_range(int fd, long offset, long length, uint flags);
}
