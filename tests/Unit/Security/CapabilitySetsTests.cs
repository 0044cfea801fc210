using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run.Security;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Security;

public sealed class CapabilitySetsTests
{
    private static readonly HostFacts Host = new()
    {
        KernelRelease = "6.18.0",
        BootId = "",
        EffectiveUserId = 0,
        BoundingCapabilities = Capabilities.All & ~Capabilities.Bit(Capability.CAP_SYS_RESOURCE),
        LastCapability = 40,
        FileSystems = new HashSet<string>(),
        Cgroups = new CgroupLayout(CgroupMode.None, null, new Dictionary<string, string>(), []),
        HardLimits = new Dictionary<string, ulong>(),
        Processors = 1,
        MemoryBytes = 1,
        Namespaces = new HashSet<string>(),
        HostName = "host",
    };

    [Fact]
    public void The_default_is_podmans_eleven() => Assert.Equal(0x800405fbUL, CapabilitySets.Of(new SecuritySpec(), Host));

    [Theory]
    [InlineData("NET_RAW", "", 0x800405fbUL | 1UL << 13)]
    [InlineData("cap_net_raw", "", 0x800405fbUL | 1UL << 13)]
    [InlineData("", "CHOWN", 0x800405faUL)]
    [InlineData("", "ALL", 0UL)]
    [InlineData("CHOWN KILL", "ALL", 1UL | 1UL << 5)]
    [InlineData("ALL", "NET_ADMIN", 0x1FFFEFFEFFFUL)]
    public void Names_add_and_drop_as_with_docker(string add, string drop, ulong expected) =>
        Assert.Equal(expected, CapabilitySets.Of(new SecuritySpec { CapAdd = Split(add), CapDrop = Split(drop) }, Host));

    [Fact]
    public void Privileged_gets_no_more_than_the_engine_has() =>
        Assert.Equal(Host.BoundingCapabilities, CapabilitySets.Of(new SecuritySpec { Privileged = true }, Host));

    [Fact]
    public void Names_that_no_kernel_knows_are_found() => Assert.Equal(["NET_ROW"], CapabilitySets.Unknown(["NET_RAW", "NET_ROW", "all"]));

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
