using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Tests.Unit.Cgroups;

/// <summary>Requests for groups on made-up hosts.</summary>
internal static class Requests
{
    public static readonly CgroupLayout V2 = new(
        CgroupMode.V2, "/sys/fs/cgroup", new Dictionary<string, string>(), ["cpuset", "cpu", "io", "memory", "pids"]);

    public static readonly CgroupLayout None = new(CgroupMode.None, null, new Dictionary<string, string>(), []);

    public static CgroupLayout V1(params string[] controllers) => new(
        CgroupMode.Hybrid, "/cg/unified", controllers.ToDictionary(c => c, c => c is "cpu" or "cpuacct" ? "/cg/cpu,cpuacct" : "/cg/" + c), []);

    public static CgroupRequest Of(CgroupLayout layout, ResourceLimits? limits = null, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var spec = new ContainerSpec
        {
            Id = ContainerId.Parse(new string('a', 64)),
            Name = "zion",
            Created = DateTimeOffset.UnixEpoch,
            Image = new ImageSelection("busybox:latest", Digest.Parse(new string('0', 64)), []),
            Process = new ProcessSpec { Arguments = ["true"] },
            Resources = limits ?? new ResourceLimits(),
        };
        return new CgroupRequest(change?.Invoke(spec) ?? spec, Host(layout), new EnginePaths("/var/lib/minidock", "/run/minidock"));
    }

    public static string[] WritesOf(this ICgroupProvider provider, CgroupRequest request) =>
        provider.Plan(request).First().Arguments["writes"].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static PlanStep[] PlanOf(this ICgroupProvider provider, CgroupRequest request) => [.. provider.Plan(request)];

    private static HostFacts Host(CgroupLayout layout) => new()
    {
        KernelRelease = "6.1.0",
        BootId = "x",
        EffectiveUserId = 0,
        BoundingCapabilities = 0,
        LastCapability = 40,
        FileSystems = new HashSet<string>(),
        Cgroups = layout,
        HardLimits = new Dictionary<string, ulong>(),
        Processors = 2,
        MemoryBytes = 1L << 30,
        Namespaces = new HashSet<string>(),
        HostName = "host",
    };
}
