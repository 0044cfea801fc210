using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Tests.Unit.Creation;

public sealed class SpecUpdateTests
{
    [Fact]
    public void What_is_not_named_stays()
    {
        var spec = new Given().Spec("--mem 100m --memory-swap 150m --cpus 1.5 --pids-limit 33 --cpuset-cpus 0 --restart always");

        var updated = SpecUpdate.Apply(spec, new RunFlags { CpuShares = "512" }, Given.Host);
        Assert.Equal(spec with { Resources = spec.Resources with { CpuShares = 512 } }, updated with { Resources = updated.Resources with { BlkioDevices = spec.Resources.BlkioDevices } });
    }

    [Fact]
    public void Nought_leaves_a_limit_as_it_is_and_minus_one_lifts_it()
    {
        var spec = new Given().Spec("--mem 100m --memory-swap 150m --cpus 1.5 --pids-limit 33");

        var same = SpecUpdate.Apply(spec, new RunFlags { Memory = "0", MemorySwap = "0", Cpus = "0" }, Given.Host).Resources;
        Assert.Equal((100L << 20, 150L << 20, 150_000L), (same.MemoryLimitBytes, same.MemorySwapBytes, same.CpuQuotaMicroseconds));
        var lifted = SpecUpdate.Apply(spec, new RunFlags { MemorySwap = "-1", CpuQuota = "-1", PidsLimit = "-1" }, Given.Host).Resources;
        Assert.Equal((-1L, null, -1L), (lifted.MemorySwapBytes, lifted.CpuQuotaMicroseconds, lifted.PidsLimit));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var spec = new Given().Spec("--mem 100m --memory-swap 150m --rm");

        var error = Assert.Throws<EngineException>(() => SpecUpdate.Apply(spec, new RunFlags { Memory = "200m", Cpus = "99", Restart = "always" }, Given.Host));
        Assert.Equal(3, error.Message.Split('\n').Length);
        Assert.Equal(1, error.ExitCode);
    }
}
