namespace MiniDock.Cli.Output.Templates;

/// <summary>A piece of a template's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string the value.</param>
/// <param name="Joined">Whether no space stands before it: <c>$x.A</c> is one path, <c>$x .A</c> two operands.</param>
internal readonly record struct Token(TokenKind Kind, string Text, bool Joined = false);
