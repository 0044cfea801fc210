namespace MiniDock.Abstractions.Model;

/// <summary>Mount propagation, mount_namespaces(7); the R forms are recursive.</summary>
public enum Propagation
{
    /// <summary>Neither way, recursive.</summary>
    RPrivate,

    /// <summary>Neither way.</summary>
    Private,

    /// <summary>Both ways.</summary>
    Shared,

    /// <summary>Both ways, recursive.</summary>
    RShared,

    /// <summary>From the host only.</summary>
    Slave,

    /// <summary>From the host only, recursive.</summary>
    RSlave,

    /// <summary>Neither, and never bound elsewhere.</summary>
    Unbindable,

    /// <summary>Neither, and never bound elsewhere, recursive.</summary>
    RUnbindable,
}
