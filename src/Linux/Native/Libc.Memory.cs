using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport(Name)]
    public static partial int malloc_trim(nuint pad);
}
