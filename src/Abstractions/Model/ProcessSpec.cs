namespace MiniDock.Abstractions.Model;

/// <summary>The process that a container starts (OCI runtime spec, config.md, "process").</summary>
public sealed record ProcessSpec
{
    /// <summary>Entry point and command; at least one element.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How many of <see cref="Arguments"/> came from the entry point: docker's inspect splits them there.</summary>
    public int EntrypointCount { get; init; }

    /// <summary>Environment, <c>NAME=value</c>, without duplicates.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Working directory inside; made where it is missing.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary><c>user[:group]</c>, names or numbers, looked up in the container's own files; empty means root.</summary>
    public string User { get; init; } = "";

    /// <summary>Supplementary groups, names or numbers.</summary>
    public IReadOnlyList<string> AdditionalGroups { get; init; } = [];

    /// <summary>Whether it gets a terminal of its own.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether a small init runs as process 1.</summary>
    public bool Init { get; init; }

    /// <summary>Resource limits of setrlimit(2).</summary>
    public IReadOnlyList<Rlimit> Rlimits { get; init; } = [];

    /// <summary>/proc/self/oom_score_adj, −1000 to 1000.</summary>
    public int OomScoreAdjust { get; init; }
}
