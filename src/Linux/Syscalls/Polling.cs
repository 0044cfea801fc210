using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Waiting for several descriptors, and descriptors for events, times and signals. Time-outs are milliseconds, -1 is for ever.</summary>
public static unsafe partial class Polling
{
    /// <summary>Waits until one of the items is ready, <c>poll(2)</c>. An interrupted call is made again with the time that is left.</summary>
    /// <returns>The number of ready items, 0 after the time-out.</returns>
    public static int Poll(Span<PollItem> items, int timeoutMilliseconds)
    {
        const int Maximum = 256;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items.Length, Maximum);
        PollFd* fds = stackalloc PollFd[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            // A negative number makes the kernel skip the entry.
            fds[i] = new PollFd { Fd = Number(items[i].File), Events = (short)items[i].Wanted };
        }

        long end = timeoutMilliseconds < 0 ? 0 : Environment.TickCount64 + timeoutMilliseconds;
        int ready;
        do
        {
            // SAFETY: the array has as many entries as we say.
            ready = Libc.poll(fds, (nuint)items.Length, timeoutMilliseconds);
            if (ready >= 0 || CallResult.Last != Errno.EINTR)
            {
                break;
            }

            timeoutMilliseconds = timeoutMilliseconds < 0 ? -1 : (int)Math.Max(0, end - Environment.TickCount64);
        }
        while (true);

        Check(CallResult.Of(ready), "poll");
        for (int i = 0; i < items.Length; i++)
        {
            items[i].Happened = (PollEvents)(ushort)fds[i].ReturnedEvents;
        }

        return ready;
    }

    /// <summary>Waits until one descriptor is ready; false after the time-out.</summary>
    public static bool WaitFor(SafeFileHandle file, PollEvents events, int timeoutMilliseconds)
    {
        Span<PollItem> items = [new PollItem(file, events)];
        return Poll(items, timeoutMilliseconds) > 0;
    }

    /// <summary>An interest list, <c>epoll_create1(2)</c>.</summary>
    public static SafeFileHandle EpollCreate()
    {
        Check(CallResult.Handle(Libc.epoll_create1(Constants.EpollCloseOnExec), out SafeFileHandle handle), "create epoll");
        return handle;
    }

    /// <summary>Adds a descriptor to an interest list; events come with the key. EPERM for regular files.</summary>
    public static void EpollAdd(SafeFileHandle epoll, SafeFileHandle file, PollEvents events, ulong key) =>
        Control(epoll, Constants.EpollAdd, file, events, key);

    /// <summary>Changes what an added descriptor waits for.</summary>
    public static void EpollModify(SafeFileHandle epoll, SafeFileHandle file, PollEvents events, ulong key) =>
        Control(epoll, Constants.EpollModify, file, events, key);

    /// <summary>Takes a descriptor off an interest list.</summary>
    public static void EpollRemove(SafeFileHandle epoll, SafeFileHandle file) =>
        Control(epoll, Constants.EpollDelete, file, PollEvents.None, 0);

    /// <summary>Waits for events, <c>epoll_wait(2)</c>. An interrupted wait without a time-out goes on; one with a time-out gives 0.</summary>
    /// <returns>The number of events written.</returns>
    public static int EpollWait(SafeFileHandle epoll, Span<ReadyEvent> events, int timeoutMilliseconds)
    {
        using var fd = new FdLease(epoll);
        int maximum = Math.Min(events.Length, 64);
        EpollEvent* buffer = stackalloc EpollEvent[maximum];
        int count;
        do
        {
            // SAFETY: the kernel writes at most the maximum that we give.
            count = Libc.epoll_wait(fd.Number, buffer, maximum, timeoutMilliseconds);
        }
        while (timeoutMilliseconds < 0 && CallResult.Interrupted(count));

        if (CallResult.Interrupted(count))
        {
            return 0;
        }

        Check(CallResult.Of(count), "wait for epoll");
        for (int i = 0; i < count; i++)
        {
            events[i] = new ReadyEvent(buffer[i].Data, (PollEvents)buffer[i].Events);
        }

        return count;
    }

    private static void Control(SafeFileHandle epoll, int operation, SafeFileHandle file, PollEvents events, ulong key)
    {
        using var list = new FdLease(epoll);
        using var fd = new FdLease(file);
        var entry = new EpollEvent { Events = (uint)events, Data = key };
        Files.Check(CallResult.Of(Libc.epoll_ctl(list.Number, operation, fd.Number, &entry)), "change epoll for", file);
    }

    private static int Number(SafeFileHandle? file) => file is null ? -1 : (int)file.DangerousGetHandle();

    private static void Check(Errno errno, string operation)
    {
        if (errno != Errno.Success)
        {
            throw new LinuxException(operation, "", errno);
        }
    }
}
