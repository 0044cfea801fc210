namespace MiniDock.Cli.Input;

/// <summary>A flag as the reader needs to know it.</summary>
/// <param name="Name">Its long spelling, <c>--memory</c>.</param>
/// <param name="Kind">How it takes a value.</param>
internal record Flag(string Name, FlagKind Kind);
