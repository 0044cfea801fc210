namespace MiniDock.Cli.Output.Lists;

/// <summary>A column of a list.</summary>
/// <param name="Field">Name of the field in templates and JSON.</param>
/// <param name="Header">Its heading.</param>
internal sealed record Column(string Field, string Header);
