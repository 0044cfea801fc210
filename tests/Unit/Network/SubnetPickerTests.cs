using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Tests.Unit.Network;

public sealed class SubnetPickerTests
{
    [Fact]
    public void The_first_candidate_is_taken_on_an_idle_host() =>
        Assert.Equal("10.77.0.0/16", SubnetPicker.Pick([], 0).ToString());

    [Theory]
    [InlineData("10.77.3.0/24", "10.78.0.0/16")]
    [InlineData("10.64.0.0/10", "10.128.0.0/16")]
    [InlineData("10.0.0.0/8", "172.31.0.0/16")]
    public void A_route_inside_or_around_a_candidate_rules_it_out(string route, string expected) =>
        Assert.Equal(expected, SubnetPicker.Pick([Ipv4Subnet.Parse(route)], 0).ToString());

    [Fact]
    public void Two_roots_begin_at_different_places() => Assert.NotEqual(SubnetPicker.Pick([], 1), SubnetPicker.Pick([], 2));

    [Fact]
    public void Every_seed_gives_a_candidate() => Assert.NotNull(SubnetPicker.Pick([], uint.MaxValue));

    [Fact]
    public void A_host_whose_routes_cover_all_private_ranges_has_no_candidate() =>
        Assert.Null(SubnetPicker.Pick([Ipv4Subnet.Parse("10.0.0.0/8"), Ipv4Subnet.Parse("172.16.0.0/12")], 5));
}
