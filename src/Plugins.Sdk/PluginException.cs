namespace MiniDock.Plugins.Sdk;

/// <summary>Tells the user of the engine why something was not done.</summary>
/// <param name="code">An errno's name, such as <c>EINVAL</c>.</param>
/// <param name="message">What went wrong, with the object; lower case, no full stop.</param>
/// <param name="hint">What the user can do, or null.</param>
public sealed class PluginException(string code, string message, string? hint = null) : Exception(message)
{
    /// <summary>An errno's name.</summary>
    public string Code => code;

    /// <summary>What the user can do, or null.</summary>
    public string? Hint => hint;

    /// <summary>Whether the same may succeed a little later: the engine asks once more.</summary>
    public bool Retryable { get; init; }
}
