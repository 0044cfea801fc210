namespace MiniDock.Cli.Output.Templates;

/// <summary>Commands joined by <c>|</c>: the value of each is the last argument of the next.</summary>
internal sealed record Pipeline(IReadOnlyList<IReadOnlyList<Operand>> Commands);
