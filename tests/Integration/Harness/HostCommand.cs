namespace MiniDock.Tests.Integration.Harness;

/// <summary>A program of the host, such as <c>ip</c> or <c>nft</c>, run to its end.</summary>
public static class HostCommand
{
    /// <summary>Runs it and gives what it did, whatever its exit code.</summary>
    public static Outcome Run(string program, params string[] arguments)
    {
        using var running = RunningCommand.Start(program, arguments);
        return running.Wait();
    }

    /// <summary>Runs a line of shell; fails the test unless it ends with 0.</summary>
    public static Outcome Shell(string line) => Run("sh", "-ec", line).ShouldSucceed();

    /// <summary>Runs a line of shell that compiles, which takes its time, and leaves no compiler server behind.</summary>
    public static void Compile(string line)
    {
        var variables = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" };
        using var running = RunningCommand.Start("sh", ["-ec", line], environment: variables);
        running.Wait(TimeSpan.FromMinutes(5)).ShouldSucceed();
    }
}
