using MiniDock.Abstractions;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>What became of a plugin's run.</summary>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Code">The number of its failure, CNI specification section 5; 0: none was given.</param>
/// <param name="Error">Its failure, or null.</param>
public sealed record CniAnswer(string Output, int Code, EngineException? Error)
{
    private const int UnknownContainer = 3;

    /// <summary>Whether nothing of the container is left: detached, or never known.</summary>
    public bool IsGone => Error is null || Code == UnknownContainer;

    /// <summary>A failure.</summary>
    public static CniAnswer Failed(string message, string? hint, int code = 0) => new("", code, new EngineException(message, hint));

    /// <summary>The output.</summary>
    /// <exception cref="EngineException">It failed.</exception>
    public string OrThrow() => Error is null ? Output : throw Error;
}
