using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output.Templates;

/// <summary>A word of a command.</summary>
internal abstract record Operand
{
    /// <summary><c>.A.B</c>, <c>$x.A</c>, or <c>(pipeline).A</c>: a start and the fields behind it.</summary>
    internal sealed record Path(Operand Start, IReadOnlyList<string> Fields) : Operand;

    /// <summary>The dot.</summary>
    internal sealed record Dot : Operand;

    /// <summary><c>$x</c>; <c>$</c> is the whole data.</summary>
    internal sealed record Variable(string Name) : Operand;

    /// <summary>A string, number, true, false or nil.</summary>
    internal sealed record Literal(JsonNode? Value) : Operand;

    /// <summary>A function's name.</summary>
    internal sealed record Function(string Name) : Operand;

    /// <summary>A pipeline in parentheses.</summary>
    internal sealed record Group(Pipeline Pipeline) : Operand;
}
