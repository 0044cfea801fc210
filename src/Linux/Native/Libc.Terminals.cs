using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int isatty(int fd);

    [LibraryImport(Name)]
    public static partial int tcgetattr(int fd, Termios* termios);

    [LibraryImport(Name)]
    public static partial int tcsetattr(int fd, int actions, Termios* termios);

    [LibraryImport(Name)]
    public static partial void cfmakeraw(Termios* termios);
}
