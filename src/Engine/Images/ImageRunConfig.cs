using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images;

/// <summary>What an image says about running it (the <c>config</c> object of OCI's image config).</summary>
public sealed record ImageRunConfig
{
    /// <summary><c>USER[:GROUP]</c>, empty for root.</summary>
    public string User { get; init; } = "";

    /// <summary>Such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary><c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Null where the image has none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Null where the image has none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Empty for <c>/</c>.</summary>
    public string WorkingDirectory { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Such as <c>SIGQUIT</c>; null for SIGTERM.</summary>
    public string? StopSignal { get; init; }

    public HealthcheckSpec? Healthcheck { get; init; }
}
