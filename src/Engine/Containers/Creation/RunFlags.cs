namespace MiniDock.Engine.Containers.Creation;

/// <summary>The flags of <c>run</c> and <c>create</c> as they were typed: plain data without meaning. <see cref="SpecBuilder"/> gives them one.
/// Null and empty mean that a flag was not given.</summary>
public sealed class RunFlags
{
    /// <summary>The image.</summary>
    public string Image { get; set; } = "";

    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Flags that were given and that no part can do yet, as they were spelled.</summary>
    public List<string> Unsupported { get; } = [];

    // The process.
    public string? Name { get; set; }

    /// <summary>Name of a container that is given none; null: one is made up.</summary>
    public string? FallbackName { get; set; }
    public string? Entrypoint { get; set; }
    public string? WorkingDirectory { get; set; }
    public string? User { get; set; }
    public List<string> GroupAdd { get; } = [];
    public List<string> Environment { get; } = [];
    public List<string> EnvironmentFiles { get; } = [];
    public bool Interactive { get; set; }
    public bool Terminal { get; set; }
    public bool Init { get; set; }
    public bool Remove { get; set; }
    public bool Detach { get; set; }
    public string? Restart { get; set; }
    public string? LogDriver { get; set; }
    public List<string> LogOptions { get; } = [];
    public bool ReadOnly { get; set; }
    public List<string> Ulimits { get; } = [];
    public string? OomScoreAdjust { get; set; }
    public string? StopSignal { get; set; }
    public string? StopTimeout { get; set; }
    public List<string> Labels { get; } = [];
    public List<string> LabelFiles { get; } = [];
    public List<string> Annotations { get; } = [];
    public List<string> HookPlugins { get; } = [];
    public List<string> HooksPreStart { get; } = [];
    public List<string> HooksPostStop { get; } = [];
    public string? HealthCommand { get; set; }
    public string? HealthInterval { get; set; }
    public string? HealthTimeout { get; set; }
    public string? HealthRetries { get; set; }
    public string? HealthStartPeriod { get; set; }
    public string? HealthStartInterval { get; set; }
    public bool NoHealthcheck { get; set; }
    public string? SdNotify { get; set; }

    /// <summary>Flags, image and command in one spelling, for a unit that makes the container anew; null where it is not wanted.</summary>
    public IReadOnlyList<string>? CreateCommand { get; set; }

    // Security.
    public bool Privileged { get; set; }
    public List<string> CapAdd { get; } = [];
    public List<string> CapDrop { get; } = [];
    public List<string> SecurityOptions { get; } = [];
    public List<string> Devices { get; } = [];
    public List<string> DeviceRules { get; } = [];
    public List<string> Sysctls { get; } = [];

    // Namespaces.
    public string? Hostname { get; set; }
    public string? DomainName { get; set; }
    public string? Pid { get; set; }
    public string? Ipc { get; set; }
    public string? Uts { get; set; }
    public string? UserNamespace { get; set; }
    public string? CgroupNamespace { get; set; }
    public List<string> Namespaces { get; } = [];
    public List<string> UidMaps { get; } = [];
    public List<string> GidMaps { get; } = [];

    // Limits.
    public string? Memory { get; set; }
    public string? MemorySwap { get; set; }
    public string? MemorySwappiness { get; set; }
    public string? MemoryReservation { get; set; }
    public string? MemoryHigh { get; set; }
    public bool? OomKillDisable { get; set; }
    public string? Cpus { get; set; }
    public string? CpuPeriod { get; set; }
    public string? CpuQuota { get; set; }
    public string? CpuBurst { get; set; }
    public string? CpuRealtimePeriod { get; set; }
    public string? CpuRealtimeRuntime { get; set; }
    public string? CpuShares { get; set; }
    public string? CpusetCpus { get; set; }
    public string? CpusetMems { get; set; }
    public string? PidsLimit { get; set; }
    public string? BlkioWeight { get; set; }

    public List<string> HugepageLimits { get; } = [];
    public List<string> CgroupSettings { get; } = [];

    /// <summary>Kind (<c>read-bps</c>, <c>weight</c>) and value (<c>/dev/sda:1m</c>) of each device limit.</summary>
    public List<(string Kind, string Value)> BlkioDevices { get; } = [];
    public string? CgroupDriver { get; set; }
    public string? CgroupParent { get; set; }
    public string? StorageDriver { get; set; }

    // Networks.
    public List<string> Networks { get; } = [];
    public List<string> Publish { get; } = [];
    public bool PublishAll { get; set; }
    public List<string> Expose { get; } = [];
    public List<string> Dns { get; } = [];
    public List<string> DnsSearch { get; } = [];
    public List<string> DnsOptions { get; } = [];
    public List<string> AddHosts { get; } = [];
    public List<string> NetworkAliases { get; } = [];
    public string? Ip { get; set; }
    public string? Ip6 { get; set; }
    public string? MacAddress { get; set; }

    // Mounts.
    public List<string> Volumes { get; } = [];
    public List<string> Mounts { get; } = [];
    public List<string> Ramdisks { get; } = [];
    public List<string> VolumesFrom { get; } = [];
    public List<string> Tmpfs { get; } = [];
    public string? ShmSize { get; set; }

    // What the command line does with the container; the builder does not look at these.
    public string? CidFile { get; set; }
    public string? DetachKeys { get; set; }
    public string? Pull { get; set; }
    public string? Platform { get; set; }
    public bool SignalProxy { get; set; } = true;

    /// <summary>Null: no plan is printed; <c>text</c> or <c>json</c>.</summary>
    public string? Explain { get; set; }
    public bool DryRun { get; set; }
    public bool Trace { get; set; }
}
