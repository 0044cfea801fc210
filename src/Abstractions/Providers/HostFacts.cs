namespace MiniDock.Abstractions.Providers;

/// <summary>What a plan needs to know of the host. Probed once per command, cheap parts only.</summary>
public sealed record HostFacts
{
    /// <summary>Kernel release, such as <c>6.18.5</c>.</summary>
    public required string KernelRelease { get; init; }

    /// <summary>Boot id, from /proc/sys/kernel/random/boot_id.</summary>
    public required string BootId { get; init; }

    /// <summary>Effective user id of the engine.</summary>
    public required uint EffectiveUserId { get; init; }

    /// <summary>The engine's capability bounding set, a bit per capability.</summary>
    public required ulong BoundingCapabilities { get; init; }

    /// <summary>Highest capability that the kernel knows.</summary>
    public required int LastCapability { get; init; }

    /// <summary>Names in /proc/filesystems.</summary>
    public required IReadOnlySet<string> FileSystems { get; init; }

    /// <summary>Control groups.</summary>
    public required CgroupLayout Cgroups { get; init; }

    /// <summary>The engine's hard resource limits by name (<c>nofile</c>): limits of a container are clamped to them.</summary>
    public required IReadOnlyDictionary<string, ulong> HardLimits { get; init; }

    /// <summary>Processors that are on line.</summary>
    public required int Processors { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Types of namespaces that the kernel has (names of /proc/self/ns).</summary>
    public required IReadOnlySet<string> Namespaces { get; init; }

    /// <summary>The host's name.</summary>
    public required string HostName { get; init; }
}
