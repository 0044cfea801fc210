namespace MiniDock.Cli.Commands;

/// <summary>A row of the command table.</summary>
/// <param name="Path">The command's name, such as <c>ps</c> or <c>system df</c>.</param>
/// <param name="Summary">One line for the overview.</param>
/// <param name="Create">Makes the command with its options; called for the one command that the user typed.</param>
internal sealed record CommandEntry(string Path, string Summary, Func<CliContext, VerbCommand> Create)
{
    /// <summary>Other names, such as <c>container ls</c>.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>Runs the command from its raw arguments, without building options: only for the start path. Null: by <see cref="Create"/>.</summary>
    public Func<CliContext, string[], int>? Direct { get; init; }

    /// <summary>Whether it needs root.</summary>
    public bool NeedsRoot { get; init; } = true;

    /// <summary>Exit code when the engine fails: 125 for the commands that start something, 1 for the others, as docker's.</summary>
    public int EngineFailure { get; init; } = 1;

    /// <summary>Left out of the overview.</summary>
    public bool Hidden { get; init; }

    /// <summary>Whether the command answers to the name.</summary>
    public bool Answers(string path) => Path == path || Array.IndexOf(Aliases, path) >= 0;
}
