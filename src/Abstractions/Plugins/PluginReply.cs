using System.Text.Json;

namespace MiniDock.Abstractions.Plugins;

/// <summary>What a plugin answers: one line of JSON. Unknown fields are ignored.</summary>
public sealed record PluginReply
{
    /// <summary>Number of the request; a <see cref="PluginMode.Oneshot"/> may leave it out.</summary>
    public long? Id { get; init; }

    /// <summary>Whether it was done.</summary>
    public required bool Ok { get; init; }

    /// <summary>What came of it, by operation: <see cref="NetworkResult"/>, <see cref="StorageResult"/>, <see cref="CgroupResult"/>, <see cref="HookResult"/>.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What the engine keeps and hands back with later operations on the same attachment, at most 64 KiB.</summary>
    public JsonElement? State { get; init; }

    /// <summary>Why it was not done.</summary>
    public PluginError? Error { get; init; }
}
