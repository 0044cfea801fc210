using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MiniDock.Plugins.Sdk;

/// <summary>What came of an attachment: the result, and the state that the engine keeps and hands back.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="Result">The result.</param>
public sealed record Attached<T>(T Result)
{
    /// <summary>The state as JSON, at most 64 KiB; null for none.</summary>
    public JsonElement? State { get; private init; }

    /// <summary>The same with a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="type">How it is written, from the plugin's own source-generated JSON context.</param>
    public Attached<T> WithState<TState>(TState state, JsonTypeInfo<TState> type) => this with { State = JsonSerializer.SerializeToElement(state, type) };
}
