using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Name)]
    public static partial int socketpair(int domain, int type, int protocol, int* fds);

    [LibraryImport(Name)]
    public static partial int bind(int fd, void* address, uint length);

    [LibraryImport(Name)]
    public static partial int connect(int fd, void* address, uint length);

    [LibraryImport(Name)]
    public static partial int listen(int fd, int backlog);

    [LibraryImport(Name)]
    public static partial int accept4(int fd, void* address, uint* length, int flags);

    [LibraryImport(Name)]
    public static partial nint send(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Name)]
    public static partial nint recv(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Name)]
    public static partial nint sendmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Name)]
    public static partial nint recvmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Name)]
    public static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    [LibraryImport(Name)]
    public static partial int setsockopt(int fd, int level, int option, void* value, uint length);

    [LibraryImport(Name)]
    public static partial int shutdown(int fd, int how);
}
