namespace MiniDock.Tests.Integration.Harness;

/// <summary>What a command did.</summary>
/// <param name="CommandLine">The command, for messages.</param>
/// <param name="ExitCode">Its exit code, 128 + N for signal N.</param>
/// <param name="Stdout">Its whole standard output.</param>
/// <param name="Stderr">Its whole standard error.</param>
public sealed record Outcome(string CommandLine, int ExitCode, string Stdout, string Stderr)
{
    /// <summary>Standard output without the white space at its ends.</summary>
    public string Text => Stdout.Trim();

    /// <summary>The lines of standard output that are not empty.</summary>
    public string[] Lines => Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Fails the test, showing everything, unless the command ended with this code.</summary>
    public Outcome ShouldExit(int code)
    {
        if (ExitCode != code)
        {
            Assert.Fail($"expected exit code {code}, not {ExitCode}\n{this}");
        }

        return this;
    }

    /// <summary>Fails the test, showing everything, unless the command ended with 0.</summary>
    public Outcome ShouldSucceed() => ShouldExit(0);

    /// <inheritdoc/>
    public override string ToString() =>
        $"$ {CommandLine}\n-- exit code {ExitCode}\n-- stdout\n{Stdout}\n-- stderr\n{Stderr}";
}
