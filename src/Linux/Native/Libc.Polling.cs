using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int poll(PollFd* fds, nuint count, int timeoutMilliseconds);

    [LibraryImport(Name)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Name)]
    public static partial int epoll_ctl(int epoll, int operation, int fd, EpollEvent* entry);

    [LibraryImport(Name)]
    public static partial int epoll_wait(int epoll, EpollEvent* events, int maximum, int timeoutMilliseconds);

    [LibraryImport(Name)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Name)]
    public static partial int signalfd(int fd, ulong* mask, int flags);

    [LibraryImport(Name)]
    public static partial int timerfd_create(int clock, int flags);

    [LibraryImport(Name)]
    public static partial int timerfd_settime(int fd, int flags, ItimerSpec* value, ItimerSpec* old);

    [LibraryImport(Name)]
    public static partial int pthread_sigmask(int how, ulong* set, ulong* old);

    [LibraryImport(Name)]
    public static partial int pipe2(int* fds, int flags);
}
