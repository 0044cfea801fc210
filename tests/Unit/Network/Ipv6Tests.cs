using System.Net;
using MiniDock.Abstractions.Model;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Tests.Unit.Network;

public sealed class Ipv6Tests
{
    [Theory]
    [InlineData("fd00:1::/64", true)]
    [InlineData("2001:db8::/126", true)]
    [InlineData("fd00:1::1/64", false)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("fd00::/129", false)]
    [InlineData("fd00::", false)]
    public void A_subnet_has_a_prefix_and_no_host_bits(string text, bool isSubnet)
    {
        Assert.Equal(isSubnet, Ipv6Subnet.TryParse(text, out var subnet));
        Assert.True(!isSubnet || subnet.ToString() == text);
    }

    [Theory]
    [InlineData("fe80::/64")]
    [InlineData("ff02::/64")]
    [InlineData("::/64")]
    [InlineData("fd00::/127")]
    public void What_no_container_may_have_is_not_usable(string text) => Assert.False(Ipv6Subnet.Parse(text).IsUsable);

    [Fact]
    public void Hosts_are_counted_from_the_first_address_and_begin_anew_behind_the_last()
    {
        var subnet = Ipv6Subnet.Parse("fd00::/126");
        Assert.Equal(["fd00::1", "fd00::2", "fd00::3", "fd00::1"], Enumerable.Range(0, 4).Select(i => subnet.Host((uint)i).ToString()));
        Assert.False(subnet.HoldsHost(IPAddress.Parse("fd00::")));
        Assert.False(subnet.Contains(IPAddress.Parse("fd00::4")));
        Assert.Equal("fd00::4", subnet.Behind.ToString());
        Assert.True(subnet.Overlaps(Ipv6Subnet.Parse("fd00::/64")));
        Assert.False(subnet.Overlaps(Ipv6Subnet.Parse("fd00::4/126")));
    }

    [Fact]
    public void A_chosen_subnet_is_one_for_local_use_and_another_each_time()
    {
        var (one, two) = (Ipv6Subnet.Random(), Ipv6Subnet.Random());
        Assert.NotEqual(one, two);
        Assert.StartsWith("fd", one.ToString());
        Assert.EndsWith("::/64", one.ToString());
        Assert.True(one.IsUsable);
    }

    [Fact]
    public void A_lease_keeps_its_IPv6_address_and_one_without_is_read_too()
    {
        var lease = new Lease(Ipv4Address.Parse("10.0.0.2"), ContainerId.Parse(new string('a', 64)), 3, new MacAddress([2, 0, 0, 0, 0, 1]));
        Assert.Equal(lease, Lease.Parse(lease.Format()));
        Assert.Equal(lease with { Address6 = IPAddress.Parse("fd00::2") }, Lease.Parse(lease.Format() + " fd00::2"));
        Assert.Null(Lease.Parse(lease.Format() + " bank"));
    }

    [Theory]
    [InlineData("[::]:8080:80/tcp", true, true)]
    [InlineData("[2001:db8::1]:8080-8090:80/udp", true, false)]
    [InlineData("0.0.0.0:8080:80/tcp", false, true)]
    [InlineData("*:0:80/tcp", false, false)]
    public void A_binding_reads_back_what_it_writes(string text, bool isVersion6, bool isOfAny)
    {
        var binding = PortBinding.Parse(text);
        Assert.Equal((text, isVersion6, isOfAny), (binding.ToString(), binding.IsVersion6, binding.IsOfAny));
    }

    [Theory]
    [InlineData("[::]:80:80/tcp", "[2001:db8::1]:80:80/tcp", true)]
    [InlineData("[::]:80:80/tcp", "0.0.0.0:80:80/tcp", false)]
    [InlineData("*:80:80/tcp", "[2001:db8::1]:80:80/tcp", true)]
    [InlineData("[2001:db8::1]:80:80/tcp", "[2001:db8::2]:80:80/tcp", false)]
    public void Bindings_of_one_family_clash(string one, string two, bool clash) => Assert.Equal(clash, PortBinding.Parse(one).Clashes(PortBinding.Parse(two)));

    [Theory]
    [InlineData(null, true, "*:8080:80/tcp")]
    [InlineData(null, false, "0.0.0.0:8080:80/tcp")]
    [InlineData("2001:db8::1", true, "[2001:db8::1]:8080:80/tcp")]
    [InlineData("2001:db8::1", false, null)]
    [InlineData("::1", true, null)]
    [InlineData("10.0.0.1", true, "10.0.0.1:8080:80/tcp")]
    public void A_mapping_is_of_the_families_that_the_container_has(string? address, bool hasVersion6, string? expected) =>
        Assert.Equal(expected, PortBinding.From(new PortMapping(address, 8080, 80), hasVersion6)?.ToString());
}
