using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Cgroups;
using MiniDock.Plugins.Cgroups.Changes;
using MiniDock.Plugins.Cgroups.Controllers;

namespace MiniDock.Tests.Unit.Cgroups;

public sealed class LimitDifferenceTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void What_stays_is_not_written_again() =>
        Assert.Equal(["memory.soft_limit_in_bytes=5 was -1"], V1(new() { MemoryLimitBytes = 100 }, new() { MemoryLimitBytes = 100, MemoryReservationBytes = 5 }));

    [Fact]
    public void Memory_and_swap_grow_before_memory_does_and_shrink_after_it()
    {
        ResourceLimits small = new() { MemoryLimitBytes = 100 * Mebibyte, MemorySwapBytes = 150 * Mebibyte };
        ResourceLimits large = new() { MemoryLimitBytes = 200 * Mebibyte, MemorySwapBytes = 300 * Mebibyte };

        Assert.Equal(["memory.memsw.limit_in_bytes=314572800 was 157286400", "memory.limit_in_bytes=209715200 was 104857600"], V1(small, large));
        Assert.Equal(["memory.limit_in_bytes=104857600 was 209715200", "memory.memsw.limit_in_bytes=157286400 was 314572800"], V1(large, small));
        Assert.Equal(["memory.memsw.limit_in_bytes=-1 was 314572800"], V1(large, large with { MemorySwapBytes = -1 }));
        Assert.Equal(["memory.limit_in_bytes=209715200 was -1", "memory.memsw.limit_in_bytes=314572800 was -1"], V1(new(), large));
    }

    [Fact]
    public void A_limit_that_is_lifted_gets_the_value_of_a_new_group()
    {
        ResourceLimits set = new() { CpuQuotaMicroseconds = 50_000, CpuPeriodMicroseconds = 100_000, PidsLimit = 5 };
        ResourceLimits lifted = new() { PidsLimit = -1 };

        Assert.Equal(["cpu.max=max 100000 was 50000 100000"], V2(new CpuController(), set, lifted));
        Assert.Equal(["pids.max=max was 5"], V2(new PidsController(), set, lifted));
    }

    [Fact]
    public void A_burst_shrinks_before_the_quota_and_grows_after_it()
    {
        ResourceLimits small = new() { CpuQuotaMicroseconds = 20_000, CpuBurstMicroseconds = 20_000 };
        ResourceLimits large = new() { CpuQuotaMicroseconds = 50_000, CpuBurstMicroseconds = 50_000 };

        Assert.Equal(["cpu.max=50000 100000 was 20000 100000", "cpu.max.burst=50000 was 20000"], V2(new CpuController(), small, large));
        Assert.Equal(["cpu.max.burst=20000 was 50000", "cpu.max=20000 100000 was 50000 100000"], V2(new CpuController(), large, small));
    }

    [Fact]
    public void A_step_says_the_same_after_it_was_journaled()
    {
        LimitChange[] changes = [new("/cg/x=y", new CgroupWrite("cpu.max", "50000 100000"), "max 100000"), new("/cg", new CgroupWrite("a.b|c.d", "1", Optional: true), null)];

        Assert.Equal(changes, LimitChange.Decode(LimitChange.Encode(changes)));
    }

    private static string[] V1(ResourceLimits before, ResourceLimits after) => Text(new MemoryController(), before, after, CgroupVersion.V1);

    private static string[] V2(ICgroupController controller, ResourceLimits before, ResourceLimits after) => Text(controller, before, after, CgroupVersion.V2);

    private static string[] Text(ICgroupController controller, ResourceLimits before, ResourceLimits after, CgroupVersion version)
    {
        var request = Requests.Of(Requests.V2);
        CgroupRequest With(ResourceLimits limits) => request with { Spec = request.Spec with { Resources = limits } };
        return [.. LimitDifference.Of(controller, With(before), With(after), version, "/nowhere").Select(c => $"{c.Write.File}={c.Write.Value} was {c.Before}")];
    }
}
