using System.CommandLine;

namespace MiniDock.Cli.Commands;

/// <summary>A command with what its help shows beside options: the usage line and examples.</summary>
internal sealed class VerbCommand(string path, string summary) : Command(path[(path.LastIndexOf(' ') + 1)..], summary)
{
    /// <summary>Its full name, such as <c>system df</c>.</summary>
    public string Path { get; } = path;

    /// <summary>What follows the name in the usage line, such as <c>[OPTIONS] IMAGE [COMMAND] [ARG…]</c>.</summary>
    public required string Usage { get; init; }

    /// <summary>Complete command lines, at least one.</summary>
    public required string[] Examples { get; init; }

    /// <summary>More to say in the help, after the summary.</summary>
    public string? Details { get; init; }

    /// <summary>Whether all that follows the first positional argument belongs to it (<c>run</c>, <c>exec</c>).</summary>
    public bool StopsAtPositional { get; init; }

    /// <summary>Candidates for the positional argument of an index, for shell completion; null: file names.</summary>
    public Func<CliContext, int, IEnumerable<string>>? Completes { get; init; }

    /// <summary>Candidates for the value of a flag, for shell completion; null: file names.</summary>
    public Func<CliContext, string, IEnumerable<string>>? CompletesFlag { get; init; }
}
