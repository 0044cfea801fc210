using MiniDock.Abstractions;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Tests.Unit.Network;

public sealed class LeaseBookTests : IDisposable
{
    private static readonly NetworkDefinition Small = Definition("small", "10.9.0.0/29");
    private readonly TemporaryPaths _engine = new();
    private readonly LeaseBook _book;

    public LeaseBookTests() => _book = new LeaseBook(_engine.Paths);

    [Fact]
    public void Addresses_are_given_in_turn_and_never_the_gateways()
    {
        var given = Enumerable.Range(0, 5).Select(_ => Take().Address.ToString()).ToList();
        Assert.Equal(["10.9.0.2", "10.9.0.3", "10.9.0.4", "10.9.0.5", "10.9.0.6"], given);
    }

    [Fact]
    public void An_address_that_was_given_back_is_not_the_next_to_be_given()
    {
        var id = _engine.NewContainer();
        _book.Take(Small, id, 0, null, null);
        _book.Release(Small.Name, id, 0);
        Assert.Equal("10.9.0.3", Take().Address.ToString());
    }

    [Fact]
    public void After_the_last_address_the_search_begins_at_the_first()
    {
        var first = _engine.NewContainer();
        _book.Take(Small, first, 0, null, null);
        for (var i = 0; i < 4; i++)
        {
            Take();
        }

        _book.Release(Small.Name, first, 0);
        Assert.Equal("10.9.0.2", Take().Address.ToString());
    }

    [Fact]
    public void A_full_network_is_an_error_that_counts_its_addresses()
    {
        for (var i = 0; i < 5; i++)
        {
            Take();
        }

        var error = Assert.Throws<EngineException>(Take);
        Assert.Equal("assign an address in network small: ENOSPC (all 5 addresses of 10.9.0.0/29 are in use)", error.Message);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void A_full_network_takes_back_what_containers_hold_that_are_no_more()
    {
        var gone = _engine.NewContainer();
        _book.Take(Small, gone, 0, null, null);
        for (var i = 0; i < 4; i++)
        {
            Take();
        }

        _engine.End(gone);
        Assert.Equal("10.9.0.2", Take().Address.ToString());
    }

    [Fact]
    public void An_attachment_that_holds_an_address_is_given_the_same()
    {
        var id = _engine.NewContainer();
        Assert.Equal(_book.Take(Small, id, 0, null, null), _book.Take(Small, id, 0, null, null));
        Assert.NotEqual(_book.Take(Small, id, 0, null, null).Address, _book.Take(Small, id, 1, null, null).Address);
    }

    [Fact]
    public void A_fixed_address_that_is_held_is_refused_with_its_holder()
    {
        var holder = _engine.NewContainer();
        var wanted = Ipv4Address.Parse("10.9.0.4");
        _book.Take(Small, holder, 0, wanted, null);
        var error = Assert.Throws<EngineException>(() => _book.Take(Small, _engine.NewContainer(), 0, wanted, null));
        Assert.Contains($"held by container {holder.Short}", error.Message);
    }

    [Fact]
    public void A_fixed_address_of_a_container_that_is_no_more_is_free()
    {
        var gone = _engine.NewContainer();
        var wanted = Ipv4Address.Parse("10.9.0.4");
        _book.Take(Small, gone, 0, wanted, null);
        _engine.End(gone);
        Assert.Equal(wanted, _book.Take(Small, _engine.NewContainer(), 0, wanted, null).Address);
    }

    [Theory]
    [InlineData("10.9.0.0")]
    [InlineData("10.9.0.1")]
    [InlineData("10.9.0.7")]
    [InlineData("10.10.0.2")]
    public void A_fixed_address_that_no_container_can_have_is_refused(string address) =>
        Assert.Contains("EINVAL", Assert.Throws<EngineException>(
            () => _book.Take(Small, _engine.NewContainer(), 0, Ipv4Address.Parse(address), null)).Message);

    [Fact]
    public void Release_is_idempotent_and_bears_a_network_that_never_was()
    {
        var id = _engine.NewContainer();
        _book.Release("never", id, 0);
        _book.Take(Small, id, 0, null, null);
        _book.Release(Small.Name, id, 0);
        _book.Release(Small.Name, id, 0);
        Assert.Empty(_book.Of(Small.Name));
    }

    [Fact]
    public void Collect_ends_the_leases_of_containers_that_are_no_more_and_no_others()
    {
        var gone = _engine.NewContainer();
        var alive = _engine.NewContainer();
        _book.Take(Small, gone, 0, null, null);
        _book.Take(Small, alive, 0, null, null);
        _engine.End(gone);
        Assert.Equal(gone, Assert.Single(_book.Collect()).Owner);
        Assert.Equal(alive, Assert.Single(_book.Of(Small.Name)).Owner);
    }

    [Fact]
    public void Sixty_four_takers_at_once_get_different_addresses_until_none_is_left()
    {
        var network = Definition("c6", "10.9.1.0/26");
        var addresses = new System.Collections.Concurrent.ConcurrentBag<Ipv4Address>();
        var refused = 0;
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            try
            {
                addresses.Add(_book.Take(network, _engine.NewContainer(), 0, null, null).Address);
            }
            catch (EngineException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.Equal(61, addresses.Distinct().Count());
        Assert.Equal(61, addresses.Count);
        Assert.Equal(3, refused);
    }

    [Fact]
    public void A_damaged_record_costs_that_lease_only()
    {
        var id = _engine.NewContainer();
        _book.Take(Small, id, 0, null, null);
        var file = Path.Combine(_engine.Paths.RunNetworks, "leases", Small.Name);
        File.AppendAllText(file, new string('x', 255) + "\nhalf");
        Assert.Equal(id, Assert.Single(_book.Of(Small.Name)).Owner);
        Take();
        Assert.Equal(2, _book.Of(Small.Name).Count);
    }

    public void Dispose() => _engine.Dispose();

    private Lease Take() => _book.Take(Small, _engine.NewContainer(), 0, null, null);

    private static NetworkDefinition Definition(string name, string subnet) =>
        new(name, "bridge", Ipv4Subnet.Parse(subnet), Ipv4Subnet.Parse(subnet).First, "mdtest", 0);
}
