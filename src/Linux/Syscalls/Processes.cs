using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Processes: descriptors of them, signals, waiting, identity.</summary>
public static unsafe partial class Processes
{
    /// <summary>The effective user of the calling process.</summary>
    public static uint EffectiveUid => Libc.geteuid();

    /// <summary>The effective group of the calling process.</summary>
    public static uint EffectiveGid => Libc.getegid();

    /// <summary>A descriptor of a process, which stays that process however numbers are reused, <c>pidfd_open(2)</c>, Linux 5.3.</summary>
    public static SafeFileHandle PidfdOpen(int pid)
    {
        Check(TryPidfdOpen(pid, out SafeFileHandle handle), "open process", pid);
        return handle;
    }

    /// <inheritdoc cref="PidfdOpen"/>
    /// <returns>ESRCH where there is no such process; a zombie can still be opened.</returns>
    public static Errno TryPidfdOpen(int pid, out SafeFileHandle handle) =>
        CallResult.Handle(Libc.syscall(SystemCalls.PidfdOpen, pid, 0), out handle);

    /// <summary>Sends a signal, <c>pidfd_send_signal(2)</c>, Linux 5.1; signal 0 only asks. ESRCH where the process is gone.</summary>
    public static Errno TryPidfdSendSignal(SafeFileHandle pidfd, Signal signal)
    {
        using var fd = new FdLease(pidfd);
        return CallResult.Of(Libc.syscall(SystemCalls.PidfdSendSignal, fd.Number, (int)signal, 0, 0));
    }

    /// <inheritdoc cref="TryPidfdSendSignal"/>
    public static void PidfdSendSignal(SafeFileHandle pidfd, Signal signal) =>
        Files.Check(TryPidfdSendSignal(pidfd, signal), "signal", pidfd, "", SignalNames.Name(signal));

    /// <summary>Copies a descriptor out of another process, <c>pidfd_getfd(2)</c>, Linux 5.6. Needs the right to trace it.</summary>
    public static Errno TryPidfdGetFd(SafeFileHandle pidfd, int number, out SafeFileHandle handle)
    {
        using var fd = new FdLease(pidfd);
        return CallResult.Handle(Libc.syscall(SystemCalls.PidfdGetfd, fd.Number, number, 0), out handle);
    }

    /// <summary>Sends a signal by number, <c>kill(2)</c>. Only for processes that cannot have been replaced, as our own children.</summary>
    public static Errno TryKill(int pid, Signal signal) => CallResult.Of(Libc.kill(pid, (int)signal));

    /// <summary>Waits for a child to end and reaps it, <c>waitid(2)</c> P_PIDFD, Linux 5.4.</summary>
    /// <returns>Null where <paramref name="block"/> is false and it still runs.</returns>
    public static WaitStatus? WaitId(SafeFileHandle pidfd, bool block = true, bool reap = true)
    {
        using var fd = new FdLease(pidfd);
        Errno errno = Wait(Constants.WaitPidfd, fd.Number, block, reap, out WaitStatus? status);
        Files.Check(errno, "wait for", pidfd);
        return status;
    }

    /// <summary>Reaps any one ended child without waiting; null where there is none.</summary>
    public static WaitStatus? ReapAny()
    {
        Errno errno = Wait(Constants.WaitAll, 0, false, true, out WaitStatus? status);
        if (errno != Errno.ECHILD)
        {
            Check(errno, "wait for child of", Libc.getpid());
        }

        return status;
    }

    private static Errno Wait(int idType, int id, bool block, bool reap, out WaitStatus? status)
    {
        int options = Constants.WaitExited | (block ? 0 : Constants.WaitNoHang) | (reap ? 0 : Constants.WaitNoReap);
        SigInfo info = default;
        nint r;
        do
        {
            // SAFETY: the structure is the 128 bytes that the kernel may write; no resource usage is asked for.
            r = Libc.syscall(SystemCalls.Waitid, idType, id, (nint)(&info), options, 0);
        }
        while (CallResult.Interrupted(r));

        status = r < 0 || info.Pid == 0 ? null
            : info.Code == Constants.ChildExited ? new WaitStatus(info.Pid, info.Status, null, false)
            : new WaitStatus(info.Pid, null, info.Status, info.Code == Constants.ChildDumped);
        return CallResult.Of(r);
    }

    /// <summary>
    /// When a process started, in clock ticks since boot (field 22 of <c>/proc/PID/stat</c>); null where there is no such process.
    /// With <see cref="BootId"/> it tells a process from a later one of the same number.
    /// </summary>
    public static ulong? StartTime(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        Errno errno = Files.TryOpenAt(null, $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat", OpenFlags.ReadOnly, 0, out SafeFileHandle file);
        using (file)
        {
            if (errno != Errno.Success || Files.TryRead(file, buffer, out int count) != Errno.Success)
            {
                return null;
            }

            return ParseStartTime(buffer[..count]);
        }
    }

    // The second field is the program's name in parentheses and may hold anything, so fields count from the last ')'.
    internal static ulong? ParseStartTime(ReadOnlySpan<byte> stat)
    {
        const int FieldsAfterName = 20;
        int end = stat.LastIndexOf((byte)')');
        if (end < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = stat[(end + 1)..];
        for (int i = 0; i < FieldsAfterName; i++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return null;
            }

            rest = rest[(space + 1)..];
        }

        int length = rest.IndexOfAny((byte)' ', (byte)'\n');
        return ulong.TryParse(length < 0 ? rest : rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out ulong ticks) ? ticks : null;
    }

    /// <summary>The random id of this boot, <c>/proc/sys/kernel/random/boot_id</c>.</summary>
    public static string BootId()
    {
        Span<byte> buffer = stackalloc byte[64];
        using SafeFileHandle file = Files.Open("/proc/sys/kernel/random/boot_id", OpenFlags.ReadOnly);
        Files.Check(Files.TryRead(file, buffer, out int count), "read", file);
        return System.Text.Encoding.ASCII.GetString(buffer[..count]).Trim();
    }

    private static void Check(Errno errno, string operation, int pid)
    {
        if (errno != Errno.Success)
        {
            throw new LinuxException(operation, pid.ToString(CultureInfo.InvariantCulture), errno);
        }
    }
}
