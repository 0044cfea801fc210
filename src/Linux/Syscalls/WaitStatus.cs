namespace MiniDock.Linux;

/// <summary>How a child ended, as <c>waitid(2)</c> tells it.</summary>
/// <param name="Pid">The child.</param>
/// <param name="ExitCode">The exit code, or null where a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or null.</param>
/// <param name="CoreDumped">Whether it left a core.</param>
public readonly record struct WaitStatus(int Pid, int? ExitCode, int? Signal, bool CoreDumped)
{
    /// <summary>The code that a shell would show: 128 + signal for a signal.</summary>
    public int ShellExitCode => ExitCode ?? 128 + Signal.GetValueOrDefault();
}
