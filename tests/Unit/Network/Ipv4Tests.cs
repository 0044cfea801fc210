using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Tests.Unit.Network;

public sealed class Ipv4Tests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.77.0.1")]
    [InlineData("255.255.255.255")]
    public void Addresses_survive_a_round_trip(string text) => Assert.Equal(text, Ipv4Address.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10.1.2")]
    [InlineData("10.1.2.3.4")]
    [InlineData("10.1.2.256")]
    [InlineData("10.1.2.-1")]
    [InlineData("010.1.2.3")]
    [InlineData("10.1.2.3 ")]
    [InlineData("0x0a.1.2.3")]
    [InlineData("::1")]
    public void What_is_no_dotted_quad_is_refused(string text) => Assert.False(Ipv4Address.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.0.0/16", 65534)]
    [InlineData("10.1.2.0/26", 62)]
    [InlineData("10.1.2.0/30", 2)]
    [InlineData("10.1.2.0/31", 0)]
    [InlineData("10.1.2.3/32", 0)]
    public void Subnets_count_their_hosts(string text, long hosts) => Assert.Equal(hosts, Ipv4Subnet.Parse(text).HostCount);

    [Theory]
    [InlineData("10.1.2.3/16")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0")]
    [InlineData("10.1.0.0/")]
    [InlineData("10.1.0.0/+8")]
    public void Subnets_with_host_bits_or_a_wrong_length_are_refused(string text) => Assert.False(Ipv4Subnet.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.0/24", true)]
    [InlineData("10.1.2.0/24", "10.1.0.0/16", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0/16", false)]
    [InlineData("0.0.0.0/0", "10.2.0.0/16", true)]
    public void Overlap_is_seen_from_both_sides(string first, string second, bool overlaps)
    {
        Assert.Equal(overlaps, Ipv4Subnet.Parse(first).Overlaps(Ipv4Subnet.Parse(second)));
        Assert.Equal(overlaps, Ipv4Subnet.Parse(second).Overlaps(Ipv4Subnet.Parse(first)));
    }

    [Fact]
    public void First_and_last_address_of_a_subnet_are_no_hosts()
    {
        var subnet = Ipv4Subnet.Parse("10.1.2.0/26");
        Assert.False(subnet.HoldsHost(Ipv4Address.Parse("10.1.2.0")));
        Assert.True(subnet.HoldsHost(Ipv4Address.Parse("10.1.2.1")));
        Assert.True(subnet.HoldsHost(Ipv4Address.Parse("10.1.2.62")));
        Assert.False(subnet.HoldsHost(Ipv4Address.Parse("10.1.2.63")));
        Assert.False(subnet.HoldsHost(Ipv4Address.Parse("10.1.2.64")));
    }
}
