namespace MiniDock.Abstractions.Plan;

/// <summary>When a step of a run is applied.</summary>
public enum PlanPhase
{
    /// <summary>On the host, before the process exists.</summary>
    HostBefore,

    /// <summary>The clone itself.</summary>
    Spawn,

    /// <summary>On the host, while the child prepares its mounts; the child waits for the end of this phase before it gives up privileges.</summary>
    HostAfter,

    /// <summary>In the child: undone by the kernel when the namespaces die.</summary>
    Child,

    /// <summary>On the host, once the program runs.</summary>
    Started,
}
