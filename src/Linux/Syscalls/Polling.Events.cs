using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Polling
{
    /// <summary>A counter that can be waited for, <c>eventfd(2)</c>. Reads and writes are 8 bytes.</summary>
    public static SafeFileHandle EventFd(uint initial = 0)
    {
        Check(CallResult.Handle(Libc.eventfd(initial, Constants.EventfdCloseOnExec), out SafeFileHandle handle), "create eventfd");
        return handle;
    }

    /// <summary>Adds one to an eventfd.</summary>
    public static void SignalEvent(SafeFileHandle eventFd)
    {
        Span<byte> one = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(one, 1);
        Files.Check(Files.TryWrite(eventFd, one, out _), "write", eventFd);
    }

    /// <summary>A descriptor that becomes readable when one of the signals is pending, <c>signalfd(2)</c>, non-blocking. Block the signals first.</summary>
    public static SafeFileHandle SignalFd(params ReadOnlySpan<Signal> signals)
    {
        ulong* mask = stackalloc ulong[Constants.SigSetBytes / 8];
        Fill(mask, signals);

        // SAFETY: glibc reads a whole sigset_t, which the buffer is.
        nint r = Libc.signalfd(-1, mask, Constants.SignalfdCloseOnExec | Constants.SignalfdNonBlocking);
        Check(CallResult.Handle(r, out SafeFileHandle handle), "create signalfd");
        return handle;
    }

    /// <summary>Takes one signal off a signalfd; <see cref="Signal.None"/> where none is pending.</summary>
    public static Signal ReadSignal(SafeFileHandle signalFd)
    {
        Span<byte> info = stackalloc byte[Constants.SignalfdInfoSize];
        Errno errno = Files.TryRead(signalFd, info, out int count);
        if (errno == Errno.EAGAIN || (errno == Errno.Success && count < info.Length))
        {
            return Signal.None;
        }

        Files.Check(errno, "read", signalFd);
        return (Signal)BinaryPrimitives.ReadInt32LittleEndian(info);
    }

    /// <summary>Blocks signals for the calling thread, so that a signalfd gets them; threads that it creates later inherit that.</summary>
    public static void BlockSignals(params ReadOnlySpan<Signal> signals) => ChangeMask(Constants.SigBlock, signals);

    /// <summary>Lets signals through to the calling thread again.</summary>
    public static void UnblockSignals(params ReadOnlySpan<Signal> signals) => ChangeMask(Constants.SigUnblock, signals);

    /// <summary>A monotonic timer that becomes readable after a time, and then at each period where one is given, <c>timerfd_create(2)</c>.</summary>
    public static SafeFileHandle TimerFd(TimeSpan first, TimeSpan period = default)
    {
        nint r = Libc.timerfd_create(Constants.ClockMonotonic, Constants.TimerfdCloseOnExec | Constants.TimerfdNonBlocking);
        Check(CallResult.Handle(r, out SafeFileHandle handle), "create timer");
        SetTimer(handle, first, period);
        return handle;
    }

    /// <summary>Sets a timer anew; zero stops it.</summary>
    public static void SetTimer(SafeFileHandle timer, TimeSpan first, TimeSpan period = default)
    {
        using var fd = new FdLease(timer);
        var value = new ItimerSpec { Value = ToTimespec(first), Interval = ToTimespec(period) };
        Files.Check(CallResult.Of(Libc.timerfd_settime(fd.Number, 0, &value, null)), "set", timer);
    }

    private static Timespec ToTimespec(TimeSpan span) => new()
    {
        Seconds = span.Ticks / TimeSpan.TicksPerSecond,
        Nanoseconds = span.Ticks % TimeSpan.TicksPerSecond * 100,
    };

    private static void ChangeMask(int how, ReadOnlySpan<Signal> signals)
    {
        ulong* mask = stackalloc ulong[Constants.SigSetBytes / 8];
        Fill(mask, signals);

        // SAFETY: a whole sigset_t; the old one is not asked for. The call returns the error number itself.
        Check((Errno)Libc.pthread_sigmask(how, mask, null), "change signal mask");
    }

    private static void Fill(ulong* mask, ReadOnlySpan<Signal> signals)
    {
        new Span<byte>(mask, Constants.SigSetBytes).Clear();
        foreach (Signal signal in signals)
        {
            mask[0] |= 1UL << ((int)signal - 1);
        }
    }
}
