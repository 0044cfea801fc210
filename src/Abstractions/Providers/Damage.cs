namespace MiniDock.Abstractions.Providers;

/// <summary>Something that the engine keeps on disk and that is not what was written.</summary>
/// <param name="Type">What it is: <c>layer</c>, <c>image</c>, <c>manifest</c>, <c>tag</c>, <c>import</c>, <c>container</c>, <c>name</c>, <c>network</c> or <c>lease</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Text">What is wrong with it.</param>
/// <param name="Advice">What the user can do.</param>
public sealed record Damage(string Type, string Name, string Text, string Advice)
{
    /// <summary>Mends it, or removes what is of no use any more, and tells which; null where that is the user's decision.</summary>
    /// <remarks>It looks once more before it changes anything: other commands have gone on meanwhile. What it cannot do it tells by an <see cref="EngineException"/>.</remarks>
    public Func<string>? Repair { get; init; }
}
