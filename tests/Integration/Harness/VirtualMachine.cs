namespace MiniDock.Tests.Integration.Harness;

/// <summary>A machine of its own with a disk that outlasts it: for what cannot be done to this one, such as a reboot or a clock that jumps.</summary>
public sealed class VirtualMachine : IDisposable
{
    // A machine that hangs is ended by its own script, which then shows its kernel's log.
    private const string TimeOutSeconds = "240";
    private const string Booted = "the machine has booted";
    private static readonly TimeSpan BootTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The script that boots it; it says itself what it needs.
    private static readonly string Script = Environment.GetEnvironmentVariable("MINIDOCK_VM") ?? Repository.PathOf("../shared/vm/run");

    private static readonly Lazy<string?> Missing = new(WhatIsMissing);

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
        // An emulated machine hangs now and then before it has come to the script: then nothing of ours has run yet.
        for (var attempt = 1; ; attempt++)
        {
            using var running = Begin(script);
            if (Eventually.Holds(() => running.HasExited || running.Stderr.Contains(Booted, StringComparison.Ordinal), BootTime) || attempt == 3)
            {
                var outcome = running.Wait(Patience);
                return outcome with { Stderr = outcome.Stderr.Replace($"{Booted}\n", "", StringComparison.Ordinal) };
            }

            running.Signal("TERM");
            running.Wait();
        }
    }

    // The first run makes the images, which takes minutes.
    private static string? WhatIsMissing()
    {
        if (!File.Exists(Script))
        {
            return $"there is no {Script}";
        }

        using var running = RunningCommand.Start(Script, ["--", "true"]);
        return running.Wait(TimeSpan.FromMinutes(15)) is { ExitCode: not 0 } failed ? failed.Stderr.Trim().Split('\n')[^1] : null;
    }

    private RunningCommand Begin(string script)
    {
        // No udev is there that would load modules when they are first used.
        const string prepare = $"echo {Booted} >&2; modprobe -a loop erofs overlay; md=/repository/out/minidock; ";
        return RunningCommand.Start(
            Script,
            ["--timeout", TimeOutSeconds, "--disk", Path.Combine(_directory, "disk"), "--share", $"{Repository.PathOf(".")}:/repository:ro", "--", "sh", "-c", prepare + script],
            workingDirectory: _directory);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path.Combine(_directory, "disk"));
}
