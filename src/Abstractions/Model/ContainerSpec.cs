namespace MiniDock.Abstractions.Model;

/// <summary>Everything that was asked for one container, resolved against its image: what OCI's config.json holds, and MiniDock's own parts.</summary>
/// <remarks>It is written once to <c>containers/ID/spec.json</c> and never changed by a run; <c>rename</c> and <c>update</c> replace it.</remarks>
public sealed record ContainerSpec
{
    /// <summary>The container.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>Its name, unique in a root.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The image.</summary>
    public required ImageSelection Image { get; init; }

    /// <summary>The first process.</summary>
    public required ProcessSpec Process { get; init; }

    /// <summary>Host name inside; null: derived from the id (docker's twelve digits) where the uts namespace is private.</summary>
    public string? Hostname { get; init; }

    /// <summary>NIS domain name inside, or null.</summary>
    public string? DomainName { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Remove the container when it ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>Run without being waited for.</summary>
    public bool Detached { get; init; }

    /// <summary>Keep standard input open (<c>-i</c>).</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Mounts beside the default ones, in the order given.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>Namespaces that differ from private ones (mnt uts ipc pid net cgroup), and user or time where asked.</summary>
    public IReadOnlyList<NamespaceSpec> Namespaces { get; init; } = [];

    /// <summary>User id map of a new user namespace; empty with <see cref="WritesIdMaps"/> false means none is written.</summary>
    public IReadOnlyList<IdMapping> UidMap { get; init; } = [];

    /// <summary>Group id map of a new user namespace.</summary>
    public IReadOnlyList<IdMapping> GidMap { get; init; } = [];

    /// <summary>False for <c>--uidmap none</c>: the user namespace keeps no map and every id reads 65534.</summary>
    public bool WritesIdMaps { get; init; } = true;

    /// <summary>Limits.</summary>
    public ResourceLimits Resources { get; init; } = new();

    /// <summary>Which cgroup provider assembles the limits: <c>auto</c>, or a provider's name.</summary>
    public string CgroupDriver { get; init; } = "auto";

    /// <summary>Parent cgroup, or null for the default <c>minidock</c>.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Root file system driver: <c>auto</c>, or its name.</summary>
    public string StorageDriver { get; init; } = "auto";

    /// <summary>Network attachments, in order; the first becomes eth0.</summary>
    public IReadOnlyList<AttachmentSpec> Networks { get; init; } = [];

    /// <summary>Published ports.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>Ports that the image or <c>--expose</c> names, such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Name resolution inside.</summary>
    public DnsSpec Dns { get; init; } = new();

    /// <summary>Security profile.</summary>
    public SecuritySpec Security { get; init; } = new();

    /// <summary>Devices given to it.</summary>
    public IReadOnlyList<DeviceSpec> Devices { get; init; } = [];

    /// <summary>Kernel parameters of its namespaces, name with dots to value.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long ShmSizeBytes { get; init; } = 64L << 20;

    /// <summary>Labels. They never steer the host.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations. They never steer the host.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Where its output is kept.</summary>
    public LogSpec Log { get; init; } = new();

    /// <summary>Whether it is started again after its end.</summary>
    public RestartPolicy Restart { get; init; } = new(RestartPolicy.No);

    /// <summary>Commands of the host around each run, or null.</summary>
    public HookSpec? Hooks { get; init; }

    /// <summary>How its health is checked; null: not at all.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }

    /// <summary>Who tells a service manager that the container is ready; null: as <see cref="SdNotifyMode.Conmon"/>.</summary>
    public SdNotifyMode? SdNotify { get; init; }

    /// <summary>The arguments it was made with: flags, image and command, without what belongs to the one command only (<c>-d</c>, <c>--rm</c>,
    /// <c>--cidfile</c>); null where they are not kept.</summary>
    public IReadOnlyList<string>? CreateCommand { get; init; }

    /// <summary>Signal that <c>stop</c> sends, such as <c>SIGTERM</c>.</summary>
    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>Seconds between it and SIGKILL; negative waits for ever.</summary>
    public int StopTimeoutSeconds { get; init; } = 10;
}
