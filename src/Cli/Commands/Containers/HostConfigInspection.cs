using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using static MiniDock.Cli.Commands.Containers.ContainerInspection;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>The <c>HostConfig</c> part of a container's inspection.</summary>
internal static class HostConfigInspection
{
    /// <summary>Makes the object.</summary>
    public static JsonObject Of(ContainerSpec spec)
    {
        var limits = spec.Resources;
        var security = spec.Security;
        return new JsonObject
        {
            ["Binds"] = List(spec.Mounts.Where(m => m.Type == "bind").Select(m => $"{m.Source}:{m.Target}{(m.ReadOnly ? ":ro" : "")}")),
            ["ContainerIDFile"] = "",
            ["NetworkMode"] = spec.Networks.Count > 0 ? spec.Networks[0].NetworkName : "none",
            ["PortBindings"] = NetworkInspection.Ports(spec.Ports),
            ["RestartPolicy"] = new JsonObject { ["Name"] = spec.Restart.Name, ["MaximumRetryCount"] = spec.Restart.MaximumRetries },
            ["AutoRemove"] = spec.AutoRemove,
            ["CapAdd"] = List(security.CapAdd),
            ["CapDrop"] = List(security.CapDrop),
            ["CgroupnsMode"] = Namespace(spec, NamespaceType.Cgroup, "private"),
            ["Dns"] = List(spec.Dns.Servers),
            ["DnsOptions"] = List(spec.Dns.Options),
            ["DnsSearch"] = List(spec.Dns.Search),
            ["ExtraHosts"] = List(spec.Dns.ExtraHosts),
            ["GroupAdd"] = List(spec.Process.AdditionalGroups),
            ["IpcMode"] = Namespace(spec, NamespaceType.Ipc, "private"),
            ["PidMode"] = Namespace(spec, NamespaceType.Pid, ""),
            ["UTSMode"] = Namespace(spec, NamespaceType.Uts, ""),
            ["UsernsMode"] = Namespace(spec, NamespaceType.User, ""),
            ["OomScoreAdj"] = spec.Process.OomScoreAdjust,
            ["Privileged"] = security.Privileged,
            ["ReadonlyRootfs"] = spec.ReadOnlyRoot,
            ["SecurityOpt"] = List(SecurityOptions(security)),
            ["Sysctls"] = Map(spec.Sysctls),
            ["ShmSize"] = spec.ShmSizeBytes,
            ["Init"] = spec.Process.Init,
            ["CgroupManager"] = spec.CgroupDriver,
            ["CgroupParent"] = spec.CgroupParent ?? "",
            ["Memory"] = limits.MemoryLimitBytes ?? 0,
            ["MemoryReservation"] = limits.MemoryReservationBytes ?? 0,
            ["MemorySwap"] = limits.MemorySwapBytes ?? (limits.MemoryLimitBytes * 2) ?? 0,
            ["MemorySwappiness"] = limits.MemorySwappiness,
            ["MemoryHigh"] = limits.MemoryHighBytes ?? 0,
            ["OomKillDisable"] = limits.OomKillDisable,
            ["NanoCpus"] = limits is { CpuQuotaMicroseconds: > 0, CpuPeriodMicroseconds: > 0 } ? limits.CpuQuotaMicroseconds * 1_000_000_000 / limits.CpuPeriodMicroseconds : 0,
            ["CpuShares"] = limits.CpuShares ?? 0,
            ["CpuPeriod"] = limits.CpuPeriodMicroseconds ?? 0,
            ["CpuQuota"] = limits.CpuQuotaMicroseconds ?? 0,
            ["CpuBurst"] = limits.CpuBurstMicroseconds ?? 0,
            ["CpuRealtimePeriod"] = limits.CpuRealtimePeriodMicroseconds ?? 0,
            ["CpuRealtimeRuntime"] = limits.CpuRealtimeRuntimeMicroseconds ?? 0,
            ["CpusetCpus"] = limits.CpusetCpus ?? "",
            ["CpusetMems"] = limits.CpusetMems ?? "",
            ["BlkioWeight"] = limits.BlkioWeight ?? 0,
            ["BlkioWeightDevice"] = DeviceLimits(limits, BlkioDeviceLimit.Weight, "Weight"),
            ["BlkioDeviceReadBps"] = DeviceLimits(limits, "read-bps"),
            ["BlkioDeviceWriteBps"] = DeviceLimits(limits, "write-bps"),
            ["BlkioDeviceReadIOps"] = DeviceLimits(limits, "read-iops"),
            ["BlkioDeviceWriteIOps"] = DeviceLimits(limits, "write-iops"),
            ["PidsLimit"] = limits.PidsLimit,
            ["HugepageLimits"] = new JsonArray([.. limits.HugepageLimits.Select(l => (JsonNode)new JsonObject { ["PageSize"] = l.PageSize, ["Limit"] = l.Bytes })]),
            ["CgroupConf"] = Map(limits.Unified.ToDictionary(s => s.File, s => s.Value)),
            ["DeviceCgroupRules"] = List(limits.Devices.Select(rule => rule.ToString())),
            ["Devices"] = new JsonArray([.. spec.Devices.Select(Device)]),
            ["Ulimits"] = new JsonArray([.. spec.Process.Rlimits.Select(Ulimit)]),
        };
    }

    private static JsonArray DeviceLimits(ResourceLimits limits, string kind, string name = "Rate") =>
        new([.. limits.BlkioDevices.Where(l => l.Kind == kind).Select(l => (JsonNode)new JsonObject { ["Path"] = l.Path, [name] = l.Rate })]);

    private static JsonNode Device(DeviceSpec device) => new JsonObject
    {
        ["PathOnHost"] = device.Source,
        ["PathInContainer"] = device.Target,
        ["CgroupPermissions"] = device.Access,
    };

    private static JsonNode Ulimit(Rlimit limit) => new JsonObject
    {
        ["Name"] = limit.Name,
        ["Soft"] = Number(limit.Soft),
        ["Hard"] = Number(limit.Hard),
    };

    private static long Number(ulong value) => value > long.MaxValue ? -1 : (long)value;

    private static IEnumerable<string> SecurityOptions(SecuritySpec security)
    {
        if (security.NoNewPrivileges)
        {
            yield return "no-new-privileges";
        }

        if (security.Seccomp is not null)
        {
            yield return "seccomp=" + security.Seccomp;
        }

        if (security.UnmaskedPaths)
        {
            yield return "systempaths=unconfined";
        }
    }

    private static string Namespace(ContainerSpec spec, NamespaceType type, string whenPrivate) =>
        spec.Namespaces.FirstOrDefault(n => n.Type == type) switch
        {
            null => whenPrivate,
            { Mode: NamespaceMode.Private } => "private",
            { Mode: NamespaceMode.Host } => "host",
            { Mode: NamespaceMode.Container } joined => $"container:{joined.Target}",
            var path => path.Target ?? NamespaceText.NameOf(type),
        };
}
