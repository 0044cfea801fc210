namespace MiniDock.Abstractions.Model;

/// <summary>What a container is doing.</summary>
public enum ContainerStatus
{
    /// <summary>Made, and never started.</summary>
    Created,

    /// <summary>Its first process runs.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>Its last run ended, and the next begins after a pause.</summary>
    Restarting,

    /// <summary>Its last run ended (OCI's "stopped"; docker shows "exited").</summary>
    Exited,
}
