namespace MiniDock.Abstractions.Model;

/// <summary>What became of a container: kept in its persistent directory, replaced when it starts and when it ends.</summary>
public sealed record ContainerState
{
    /// <summary>What it does, or did when this was written: see the store for how a dead engine is told apart.</summary>
    public ContainerStatus Status { get; init; } = ContainerStatus.Created;

    /// <summary>Process id on the host; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>Start time of that process in clock ticks after boot (proc_pid_stat(5), field 22): with the pid and the boot id it names one process for ever.</summary>
    public ulong PidStartTime { get; init; }

    /// <summary>Boot that the pid belongs to.</summary>
    public string BootId { get; init; } = "";

    /// <summary>When it was started last, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last run ended, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Exit code of the last run, 128+N when killed by signal N.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the out-of-memory killer ended a process of the last run.</summary>
    public bool OomKilled { get; init; }

    /// <summary>How often its restart policy has started it again since <c>start</c>.</summary>
    public int RestartCount { get; init; }

    /// <summary>Why the last run could not start or was given up, or empty.</summary>
    public string Error { get; init; } = "";

    /// <summary>Network endpoints of the run, as the attachments reported them.</summary>
    public IReadOnlyList<NetworkEndpoint> Networks { get; init; } = [];

    /// <summary>Ports that the run has published, with those that were chosen for it.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];
}
