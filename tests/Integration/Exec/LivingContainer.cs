using System.Globalization;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Exec;

/// <summary>A container whose first process waits, and commands that are executed in it.</summary>
internal sealed class LivingContainer : IDisposable
{
    private readonly Minidock _engine;
    private readonly RunningCommand _run;

    /// <summary>Starts it.</summary>
    public LivingContainer(Minidock engine, string name, params string[] flags)
    {
        _engine = engine;
        Name = name;
        _run = engine.Start(["run", "--rm", "-i", "--name", name, .. flags, "busybox", "sh", "-c", "echo ready; exec cat"]);
        _run.WaitForOutput("ready");
        View = ContainerView.Of(engine, name);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its first process as the host sees it.</summary>
    public ContainerView View { get; }

    /// <summary>Executes a command to its end, whatever its exit code.</summary>
    public Outcome Exec(params string[] command) => _engine.Run(["exec", Name, .. command]);

    /// <summary>Executes a command with flags.</summary>
    public Outcome ExecWith(string flags, params string[] command) => _engine.Run(["exec", .. flags.Split(' '), Name, .. command]);

    /// <summary>Starts a command that says "ready" and then waits for its standard input to end.</summary>
    public RunningCommand Begin(params string[] flags)
    {
        var running = _engine.Start(["exec", "-i", .. flags, Name, "sh", "-c", "echo ready; exec cat"]);
        running.WaitForOutput("ready");
        return running;
    }

    /// <summary>The host's id of the process that an <c>exec</c> has started.</summary>
    public static int ProcessOf(RunningCommand exec) =>
        int.Parse(HostCommand.Run("pgrep", "-P", $"{exec.Pid}").ShouldSucceed().Text, CultureInfo.InvariantCulture);

    /// <summary>Ends it by the end of its input.</summary>
    public void End()
    {
        _run.CloseStdin();
        _run.Wait().ShouldSucceed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_run.HasExited)
        {
            // The test has failed: the next command takes back what the killed engine leaves.
            _run.Dispose();
            _engine.Run("ps");
        }

        _run.Dispose();
    }
}
