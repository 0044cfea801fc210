namespace MiniDock.Abstractions.Providers;

/// <summary>How the host has set up control groups.</summary>
public enum CgroupMode
{
    /// <summary>None is mounted.</summary>
    None,

    /// <summary>Version 1 hierarchies only.</summary>
    V1,

    /// <summary>Version 1 hierarchies with controllers, and an empty version 2 one beside them.</summary>
    Hybrid,

    /// <summary>The unified hierarchy only.</summary>
    V2,
}
