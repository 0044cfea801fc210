using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Reads what <see cref="SpecWriter"/> writes.</summary>
internal static class SpecReader
{
    /// <exception cref="FormatException">Something that every container has is not there.</exception>
    public static ContainerSpec Read(JsonElement json) => new()
    {
        Id = ContainerId.Parse(json.Required("id")),
        Name = json.Required("name"),
        Created = json.Time("created") ?? throw new FormatException("it has no created"),
        Image = json.Object("image", Image) ?? throw new FormatException("it has no image"),
        Process = json.Object("process", Process) ?? throw new FormatException("it has no process"),
        Hostname = json.Text("hostname"),
        DomainName = json.Text("domainName"),
        ReadOnlyRoot = json.Flag("readOnlyRoot"),
        AutoRemove = json.Flag("autoRemove"),
        Detached = json.Flag("detached"),
        OpenStdin = json.Flag("openStdin"),
        Mounts = json.Objects("mounts", Mount) ?? [],
        Namespaces = json.Objects("namespaces", Namespace) ?? [],
        UidMap = json.Objects("uidMap", IdMap) ?? [],
        GidMap = json.Objects("gidMap", IdMap) ?? [],
        WritesIdMaps = json.Flag("writesIdMaps", otherwise: true),
        Resources = json.Object("resources", LimitsJson.Read) ?? new(),
        CgroupDriver = json.Text("cgroupDriver") ?? "auto",
        CgroupParent = json.Text("cgroupParent"),
        StorageDriver = json.Text("storageDriver") ?? "auto",
        Networks = json.Objects("networks", Attachment) ?? [],
        Ports = json.Objects("ports", Port) ?? [],
        ExposedPorts = json.Strings("exposedPorts"),
        Dns = json.Object("dns", Dns) ?? new(),
        Security = json.Object("security", Security) ?? new(),
        Devices = json.Objects("devices", Device) ?? [],
        Sysctls = json.Map("sysctls"),
        ShmSizeBytes = json.Number("shmSizeBytes") ?? 64L << 20,
        Labels = json.Map("labels"),
        Annotations = json.Map("annotations"),
        Log = json.Object("log", Log) ?? new(),
        Restart = json.Object("restart", Restart) ?? new(RestartPolicy.No),
        Hooks = json.Object("hooks", Hooks),
        Healthcheck = json.Object("healthcheck", Healthcheck),
        SdNotify = json.Choice<SdNotifyMode>("sdNotify"),
        CreateCommand = json.List("createCommand"),
        StopSignal = json.Text("stopSignal") ?? "SIGTERM",
        StopTimeoutSeconds = json.Integer("stopTimeoutSeconds", otherwise: 10),
    };

    /// <summary>A published port, which a state has too.</summary>
    public static PortMapping Port(JsonElement json) =>
        new(json.Text("hostAddress"), (ushort)json.Integer("hostPort"), (ushort)json.Integer("containerPort"), json.Required("protocol"))
        {
            HostPortLast = (ushort)json.Integer("hostPortLast"),
        };

    private static ImageSelection Image(JsonElement json) =>
        new(json.Required("reference"), Digest.Parse(json.Required("id")), json.Objects("diffIds", one => Digest.Parse(one.GetString()!)) ?? []);

    private static ProcessSpec Process(JsonElement json) => new()
    {
        Arguments = json.Strings("arguments"),
        EntrypointCount = json.Integer("entrypointCount"),
        Environment = json.Strings("environment"),
        WorkingDirectory = json.Text("workingDirectory") ?? "/",
        User = json.Text("user") ?? "",
        AdditionalGroups = json.Strings("additionalGroups"),
        Terminal = json.Flag("terminal"),
        Init = json.Flag("init"),
        Rlimits = json.Objects("rlimits", one => new Rlimit(one.Required("name"), one.Unsigned("soft"), one.Unsigned("hard"))) ?? [],
        OomScoreAdjust = json.Integer("oomScoreAdjust"),
    };

    /// <summary>A mount.</summary>
    public static MountSpec Mount(JsonElement json) => new()
    {
        Type = json.Required("type"),
        Source = json.Text("source") ?? "",
        Target = json.Required("target"),
        ReadOnly = json.Flag("readOnly"),
        Flags = json.Strings("flags"),
        Propagation = json.Choice<Propagation>("propagation") ?? Propagation.RPrivate,
        Options = json.Map("options"),
    };

    private static NamespaceSpec Namespace(JsonElement json) =>
        new(Enum.Parse<NamespaceType>(json.Required("type")), Enum.Parse<NamespaceMode>(json.Required("mode")), json.Text("target"));

    private static IdMapping IdMap(JsonElement json) => new((uint)json.Unsigned("inside"), (uint)json.Unsigned("outside"), (uint)json.Unsigned("length"));

    private static AttachmentSpec Attachment(JsonElement json) => new(json.Required("provider"), json.Text("instance"), json.Map("options"));

    private static DnsSpec Dns(JsonElement json) => new()
    {
        Servers = json.Strings("servers"),
        Search = json.Strings("search"),
        Options = json.Strings("options"),
        ExtraHosts = json.Strings("extraHosts"),
    };

    private static SecuritySpec Security(JsonElement json) => new()
    {
        Privileged = json.Flag("privileged"),
        CapAdd = json.Strings("capAdd"),
        CapDrop = json.Strings("capDrop"),
        NoNewPrivileges = json.Flag("noNewPrivileges"),
        Seccomp = json.Text("seccomp"),
        UnmaskedPaths = json.Flag("unmaskedPaths"),
    };

    private static DeviceSpec Device(JsonElement json) => new(json.Required("source"), json.Required("target"), json.Required("access"));

    private static LogSpec Log(JsonElement json) =>
        new(json.Required("driver"), json.Number("maxSizeBytes") ?? new LogSpec().MaxSizeBytes, json.Integer("maxFiles", new LogSpec().MaxFiles));

    private static RestartPolicy Restart(JsonElement json) => new(json.Required("name"), json.Integer("maximumRetries"));

    private static HookSpec Hooks(JsonElement json) => new() { PreStart = json.Strings("preStart"), PostStop = json.Strings("postStop"), Plugins = json.Strings("plugins") };

    private static HealthcheckSpec Healthcheck(JsonElement json) => new(json.Strings("test"))
    {
        IntervalNanoseconds = json.Number("intervalNanoseconds") ?? 0,
        TimeoutNanoseconds = json.Number("timeoutNanoseconds") ?? 0,
        StartPeriodNanoseconds = json.Number("startPeriodNanoseconds") ?? 0,
        StartIntervalNanoseconds = json.Number("startIntervalNanoseconds") ?? 0,
        Retries = json.Integer("retries"),
    };
}
