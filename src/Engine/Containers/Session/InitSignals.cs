using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Signals to a container's first process. The kernel drops those that process 1 of a pid namespace has no handler for
/// (pid_namespaces(7)): <c>sleep 99</c> could not be interrupted. The default action is carried out for it.</summary>
internal sealed class InitSignals(SafeFileHandle pidFd, int pid)
{
    private volatile int _actedFor;

    /// <summary>Sends a signal; one that nobody handles and that would end any other process ends this one.</summary>
    public void Send(Signal signal)
    {
        var isDropped = EndsByDefault(signal) && IsDropped(signal);
        Processes.TryPidfdSendSignal(pidFd, signal);
        if (isDropped)
        {
            End(signal);
        }
    }

    /// <summary>Carries out the default action of keys at a terminal: <c>^C</c> and <c>^\</c> go to the foreground group, and when that is process 1's and it
    /// has no handler, the kernel drops them.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="master">The terminal's master.</param>
    public void Typed(ReadOnlySpan<byte> typed, SafeFileHandle master)
    {
        foreach (var key in typed)
        {
            if (key is 0 or >= 0x20 and not 0x7f)
            {
                continue;
            }

            var signal = Terminals.SignalOf(master, key);
            if (signal != Signal.None && Terminals.ForegroundGroup(master) == pid && IsDropped(signal))
            {
                End(signal);
            }
        }
    }

    /// <summary>The exit code of a process that ended so.</summary>
    public int ExitCode(WaitStatus status) =>
        _actedFor != 0 && status.Signal == (int)Signal.SIGKILL ? 128 + _actedFor : status.ShellExitCode;

    private static bool EndsByDefault(Signal signal) => signal is not (
        Signal.SIGCHLD or Signal.SIGCONT or Signal.SIGURG or Signal.SIGWINCH or Signal.SIGSTOP or Signal.SIGTSTP or Signal.SIGTTIN or Signal.SIGTTOU);

    private void End(Signal signal)
    {
        _actedFor = (int)signal;
        Processes.TryPidfdSendSignal(pidFd, Signal.SIGKILL);
    }

    // Neither caught nor ignored nor blocked, by process 1 of a pid namespace of its own.
    private bool IsDropped(Signal signal)
    {
        var dispositions = 0UL;
        var isInit = false;
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/status"))
            {
                if (line.StartsWith("NSpid:", StringComparison.Ordinal))
                {
                    isInit = line.Split('\t', StringSplitOptions.RemoveEmptyEntries) is [_, _, .., "1"];
                }
                else if (line.StartsWith("SigBlk:", StringComparison.Ordinal) || line.StartsWith("SigIgn:", StringComparison.Ordinal)
                    || line.StartsWith("SigCgt:", StringComparison.Ordinal))
                {
                    dispositions |= ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                }
            }
        }
        catch (IOException)
        {
            return false;
        }

        return isInit && (dispositions & (1UL << ((int)signal - 1))) == 0;
    }
}
