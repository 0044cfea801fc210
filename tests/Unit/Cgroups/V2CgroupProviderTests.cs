using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Cgroups;

namespace MiniDock.Tests.Unit.Cgroups;

public class V2CgroupProviderTests
{
    private readonly V2CgroupProvider _provider = new();

    [Fact]
    public void One_group_holds_all_and_the_process_is_cloned_into_it()
    {
        var request = Requests.Of(Requests.V2);
        var step = Assert.Single(_provider.PlanOf(request));

        Assert.Equal("memory pids", step.Arguments["controllers"]);
        Assert.Equal($"/sys/fs/cgroup/minidock/{new string('a', 64)}", _provider.SpawnCgroup(request));
    }

    [Fact]
    public void Swap_is_counted_alone() =>
        Assert.Equal(
            ["memory.max=104857600", "memory.swap.max=52428800"],
            Memory(new() { MemoryLimitBytes = 100 << 20, MemorySwapBytes = 150 << 20 }));

    [Fact]
    public void Swap_is_as_much_as_memory_by_default() =>
        Assert.Equal(["memory.max=104857600", "memory.swap.max?=104857600"], Memory(new() { MemoryLimitBytes = 100 << 20 }));

    [Fact]
    public void Swappiness_0_becomes_no_swap_and_is_said()
    {
        var limits = new ResourceLimits { MemoryLimitBytes = 100 << 20, MemorySwappiness = 0 };

        Assert.Equal(["memory.max=104857600", "memory.swap.max=0"], Memory(limits));
        Assert.Contains("memory.swap.max=0", Assert.Single(_provider.Notices(Requests.Of(Requests.V2, limits))));
    }

    [Fact]
    public void Another_swappiness_is_refused() =>
        Assert.Contains("EOPNOTSUPP", Assert.Single(_provider.Validate(Requests.Of(Requests.V2, new() { MemorySwappiness = 60 }))).Message);

    [Fact]
    public void Cpu_limits_have_their_files()
    {
        var request = Requests.Of(Requests.V2, new() { CpuQuotaMicroseconds = 150_000, CpuShares = 1024, CpusetCpus = "0" });

        Assert.Equal(
            ["cpu.max=150000 100000", "cpu.weight=100", "cpuset.cpus=0"],
            _provider.WritesOf(request).Where(w => w.StartsWith("cpu", StringComparison.Ordinal)));
        Assert.Equal("memory pids cpu cpuset", _provider.PlanOf(request)[0].Arguments["controllers"]);
    }

    [Fact]
    public void What_version_2_alone_holds_has_its_files()
    {
        var request = Requests.Of(Requests.V2 with { UnifiedControllers = ["memory", "cpu", "hugetlb", "misc"] }, new()
        {
            MemoryHighBytes = 5, CpuQuotaMicroseconds = 50_000, CpuBurstMicroseconds = 1000, HugepageLimits = [new("2MB", 7)],
            Unified = [new("memory.oom.group", "1"), new("misc.max", "sev 1"), new("cgroup.max.depth", "3")],
        });

        Assert.Equal(
            [
                "memory.high=5", "cpu.max=50000 100000", "cpu.max.burst=1000", "hugetlb.2MB.max=7", "hugetlb.2MB.rsvd.max?=7", "memory.oom.group=1", "misc.max=sev 1",
                "cgroup.max.depth=3",
            ],
            _provider.WritesOf(request).Where(w => !w.StartsWith("devices", StringComparison.Ordinal)));
        Assert.Equal("memory cpu hugetlb misc", _provider.PlanOf(request)[0].Arguments["controllers"]);
    }

    [Fact]
    public void A_controller_that_is_missing_is_an_error_only_where_a_limit_needs_it()
    {
        var layout = Requests.V2 with { UnifiedControllers = ["pids"] };

        Assert.Empty(_provider.Validate(Requests.Of(layout)));
        var problem = Assert.Single(_provider.Validate(Requests.Of(layout, new() { MemoryLimitBytes = 100 << 20 })));
        Assert.Equal("limit --memory: ENODEV (this host has no memory controller on cgroup version 2)", problem.Message);
        Assert.Contains("cgroup.controllers", problem.Hint);
    }

    [Fact]
    public void A_host_without_the_hierarchy_is_an_error() =>
        Assert.Single(_provider.Validate(Requests.Of(Requests.None)), p => p.Message.Contains("no hierarchy of version 2", StringComparison.Ordinal));

    private IEnumerable<string> Memory(ResourceLimits limits) =>
        _provider.WritesOf(Requests.Of(Requests.V2, limits)).Where(w => w.StartsWith("memory", StringComparison.Ordinal));
}
