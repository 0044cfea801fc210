using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>What an image's config says about its containers (OCI image spec, config.md, "config").</summary>
/// <param name="Selection">The image.</param>
public sealed record ImageDefaults(ImageSelection Selection)
{
    /// <summary>Entry point.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Command, or arguments of the entry point.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Environment, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Working directory, or empty.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>User, or empty.</summary>
    public string User { get; init; } = "";

    /// <summary>Exposed ports, such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Paths that get a volume each, unless something else is mounted there.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Stop signal, or empty.</summary>
    public string StopSignal { get; init; } = "";

    /// <summary>How health is checked, or null.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }
}
