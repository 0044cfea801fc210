using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>A container's first process, named so that no other process can be taken for it: pid, start time and boot.</summary>
/// <param name="Pid">Process id on the host.</param>
/// <param name="StartTime">Start time in clock ticks after boot.</param>
/// <param name="BootId">The boot.</param>
public readonly record struct FirstProcess(int Pid, ulong StartTime, string BootId)
{
    /// <summary>The process of a state.</summary>
    public static FirstProcess Of(ContainerState state) => new(state.Pid, state.PidStartTime, state.BootId);

    internal static FirstProcess From(StepValues receipt) => new(
        int.Parse(receipt["pid"], CultureInfo.InvariantCulture),
        ulong.Parse(receipt["startTime"], CultureInfo.InvariantCulture),
        receipt["bootId"]);

    internal StepValues ToReceipt() => StepValues.Of(
        ("pid", Pid.ToString(CultureInfo.InvariantCulture)),
        ("startTime", StartTime.ToString(CultureInfo.InvariantCulture)),
        ("bootId", BootId));

    /// <summary>Whether it lives; one that nobody has reaped yet does not.</summary>
    public bool IsAlive => Signal(default) && !WaitForEnd(0);

    /// <summary>Sends a signal, if the process still lives.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Signal(Signal signal)
    {
        if (Pid <= 0 || BootId != Processes.BootId() || Processes.TryPidfdOpen(Pid, out var pidFd) != Errno.Success)
        {
            return false;
        }

        using (pidFd)
        {
            // Checked after the pidfd was opened: from here on it stays the same process.
            return Processes.StartTime(Pid) == StartTime && Processes.TryPidfdSendSignal(pidFd, signal) == Errno.Success;
        }
    }

    /// <summary>Kills it and waits until it is gone, with all that lived in its pid namespace.</summary>
    public void Kill()
    {
        if (Signal(Linux.Signal.SIGKILL))
        {
            WaitForEnd(-1);
        }
    }

    /// <summary>Waits for its end; whoever is its parent reaps it.</summary>
    /// <param name="timeoutMilliseconds">Negative waits for ever.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(int timeoutMilliseconds)
    {
        if (Pid <= 0 || Processes.TryPidfdOpen(Pid, out var pidFd) != Errno.Success)
        {
            return true;
        }

        using (pidFd)
        {
            return Processes.StartTime(Pid) != StartTime || Polling.WaitFor(pidFd, PollEvents.Read, timeoutMilliseconds);
        }
    }
}
