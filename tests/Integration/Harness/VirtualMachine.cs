namespace MiniDock.Tests.Integration.Harness;

/// <summary>A machine of its own with a disk that outlasts it: for what cannot be done to this one, such as a reboot or a clock that jumps.</summary>
public sealed class VirtualMachine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The script that boots it; it says itself what it needs.
    private static readonly string Script = Environment.GetEnvironmentVariable("MINIDOCK_VM") ?? Repository.PathOf("../shared/vm/run");

    private static readonly Lazy<string?> Missing = new(() =>
        !File.Exists(Script) ? $"there is no {Script}"
        : HostCommand.Run(Script, "--", "true") is { ExitCode: not 0 } failed ? failed.Stderr.Trim().Split('\n')[^1]
        : null);

    private readonly string _directory;

    /// <summary>A machine that is off. The test is skipped where there can be none.</summary>
    /// <param name="directory">Where its disk is kept.</param>
    public VirtualMachine(string directory)
    {
        _directory = directory;
        Assert.SkipWhen(Missing.Value is not null, $"no virtual machine: {Missing.Value}");
    }

    /// <summary>Boots it, runs a shell script, and takes its power away. The engine is <c>$md</c>, with its usual roots, the persistent one on the disk.</summary>
    public Outcome Boot(string script)
    {
        // No udev is there that would load modules when they are first used.
        const string prepare = "modprobe -a loop erofs overlay; md=/repository/out/minidock; ";
        using var running = RunningCommand.Start(
            Script,
            ["--disk", Path.Combine(_directory, "disk"), "--share", $"{Repository.PathOf(".")}:/repository:ro", "--", "sh", "-c", prepare + script],
            workingDirectory: _directory);
        return running.Wait(Patience);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path.Combine(_directory, "disk"));
}
