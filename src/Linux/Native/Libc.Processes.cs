using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int setns(int fd, int type);

    [LibraryImport(Name)]
    public static partial int unshare(int flags);

    [LibraryImport(Name)]
    public static partial int kill(int pid, int signal);

    [LibraryImport(Name)]
    public static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(Name)]
    public static partial int prlimit(int pid, int resource, RLimit* newLimit, RLimit* oldLimit);

    [LibraryImport(Name)]
    public static partial int sched_setaffinity(int pid, nuint size, byte* mask);

    [LibraryImport(Name)]
    public static partial int sched_getaffinity(int pid, nuint size, byte* mask);

    [LibraryImport(Name)]
    public static partial uint geteuid();

    [LibraryImport(Name)]
    public static partial uint getegid();

    [LibraryImport(Name)]
    public static partial uint getuid();

    [LibraryImport(Name)]
    public static partial uint getgid();

    [LibraryImport(Name)]
    public static partial int getpid();

    [LibraryImport(Name)]
    public static partial int setsid();

    [LibraryImport(Name)]
    public static partial uint umask(uint mask);
}
