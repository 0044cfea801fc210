namespace MiniDock.Abstractions.Plugins;

/// <summary>Why a plugin has not done what it was asked.</summary>
public sealed record PluginError
{
    /// <summary>An errno's name, such as <c>EINVAL</c>, or a code of the plugin's own.</summary>
    public required string Code { get; init; }

    /// <summary>What went wrong, with the object; lower case, no full stop.</summary>
    public required string Message { get; init; }

    /// <summary>More to know, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>What the user can do, or null.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the same request may be done a little later: it is made once more.</summary>
    public bool Retryable { get; init; }
}
