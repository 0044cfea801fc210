namespace MiniDock.Cli.Output.Templates;

/// <summary>A part of a template.</summary>
internal abstract record Node
{
    /// <summary>Text that is printed as it is.</summary>
    internal sealed record Text(string Value) : Node;

    /// <summary><c>{{pipeline}}</c>, or <c>{{$x := pipeline}}</c>.</summary>
    internal sealed record Action(string? Variable, Pipeline Pipeline) : Node;

    /// <summary><c>{{if}}</c> and <c>{{with}}</c>.</summary>
    internal sealed record Condition(Pipeline Pipeline, bool SetsDot, IReadOnlyList<Node> Then, IReadOnlyList<Node> Else) : Node;

    /// <summary><c>{{range}}</c>.</summary>
    internal sealed record Range(string? Key, string? Value, Pipeline Pipeline, IReadOnlyList<Node> Body, IReadOnlyList<Node> Else) : Node;
}
