namespace MiniDock.Tests.Integration.Harness;

/// <summary>The published binary with roots of its own.</summary>
/// <param name="directory">An empty directory that becomes the home of both roots.</param>
public sealed class Minidock(string directory)
{
    /// <summary>The binary: MINIDOCK_BINARY, else <c>out/minidock</c>.</summary>
    public static string Binary { get; } = Environment.GetEnvironmentVariable("MINIDOCK_BINARY") ?? Repository.PathOf("out/minidock");

    /// <summary>The persistent root.</summary>
    public string Root { get; } = Path.Combine(directory, "root");

    /// <summary>The run root.</summary>
    public string RunRoot { get; } = Path.Combine(directory, "run");

    /// <summary>More variables for every command, or null values to remove some.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    /// <summary>Runs a command to its end and gives what it did, whatever its exit code.</summary>
    public Outcome Run(params string[] arguments) => RunWithInput(null, arguments);

    /// <summary>Runs a command that reads this text on its standard input.</summary>
    public Outcome RunWithInput(string? stdin, params string[] arguments)
    {
        using var running = Begin(stdin, arguments);
        return running.Wait();
    }

    /// <summary>Runs <c>run --rm</c> with the arguments; fails the test unless it ends with 0.</summary>
    public Outcome RunRm(params string[] arguments) => Run(["run", "--rm", .. arguments]).ShouldSucceed();

    /// <summary>Starts a command that the test goes on beside; its standard input stays open.</summary>
    public RunningCommand Start(params string[] arguments) => Begin(RunningCommand.KeepOpen, arguments);

    private RunningCommand Begin(string? stdin, string[] arguments)
    {
        var variables = new Dictionary<string, string?>(Variables)
        {
            ["MINIDOCK_ROOT"] = null,
            ["MINIDOCK_RUN_ROOT"] = null,
            ["NO_COLOR"] = "1",
        };
        return RunningCommand.Start(Binary, ["--root", Root, "--run-root", RunRoot, .. arguments], stdin, variables);
    }
}
