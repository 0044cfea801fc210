using System.Text;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Tests.Unit.Network;

public sealed class DefinitionTests : IDisposable
{
    private readonly TemporaryPaths _engine = new();
    private readonly DefinitionStore _store;

    public DefinitionTests() => _store = new DefinitionStore(_engine.Paths);

    [Fact]
    public void A_definition_survives_a_round_trip()
    {
        var definition = new NetworkDefinition("lab", "bridge", Ipv4Subnet.Parse("10.9.0.0/26"), Ipv4Address.Parse("10.9.0.62"), "mdlab", 1400);
        Assert.Equal(definition, _store.Add(definition));
        Assert.Equal(definition, _store.Find("lab"));
    }

    [Fact]
    public void What_create_was_given_survives_a_round_trip()
    {
        var definition = new NetworkDefinition("lab", "bridge", Ipv4Subnet.Parse("10.9.0.0/24"), Ipv4Address.Parse("10.9.0.1"), "mdlab", 0)
        {
            Id = new string('a', 64),
            Created = DateTimeOffset.UnixEpoch,
            Range = Ipv4Subnet.Parse("10.9.0.0/28"),
            IsInternal = true,
            OwnsDevice = true,
            Labels = new Dictionary<string, string> { ["a\"b"] = "c\nd" },
            Options = new Dictionary<string, string> { ["x"] = "" },
        };
        var found = _store.Add(definition);
        Assert.Equivalent(definition, found, strict: true);
        Assert.Equal(14, found.Capacity);
    }

    [Fact]
    public void A_subnet_alone_is_a_definition()
    {
        Write("lab", """{ "subnet": "10.9.0.0/26", "later": { "x": [1] } }""");
        var found = _store.Find("lab")!;
        Assert.Equal(("bridge", "10.9.0.1", 0), (found.Driver, found.Gateway.ToString(), found.MtuBytes));
        Assert.True(NetworkNames.IsInterfaceName(found.Device));
    }

    [Theory]
    [InlineData("""{ "subnet": "10.9.0.1/26" }""", "'subnet'")]
    [InlineData("""{ "subnet": "10.9.0.0/31" }""", "no room")]
    [InlineData("""{ "subnet": "10.9.0.0/26", "gateway": "10.9.1.1" }""", "'gateway'")]
    [InlineData("""{ "subnet": "10.9.0.0/26", "device": "a/b" }""", "'device'")]
    [InlineData("""{ "subnet": "10.9.0.0/26", "device": "much-too-long-name" }""", "'device'")]
    [InlineData("""{ "subnet": "10.9.0.0/26", "mtu": 12 }""", "'mtu'")]
    [InlineData("""{ "subnet": "10.9.0.0/26", "name": "other" }""", "other")]
    [InlineData("""{ "subnet": """, "JSON")]
    [InlineData("[]", "JSON")]
    public void A_damaged_definition_is_an_error_that_names_file_and_member(string json, string told)
    {
        Write("lab", json);
        var error = Assert.Throws<EngineException>(() => _store.Find("lab"));
        Assert.Contains(told, error.Message);
        Assert.Contains("lab.json", error.Message);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    [InlineData("none")]
    public void A_name_without_a_file_has_no_definition(string name) => Assert.Null(_store.Find(name));

    [Fact]
    public void Of_two_that_are_added_the_first_stays()
    {
        var first = _store.Propose("bridge");
        _store.Add(first);
        Assert.Equal(first, _store.Add(first with { Subnet = Ipv4Subnet.Parse("10.200.0.0/16") }));
        Assert.Single(Directory.GetFiles(_engine.Paths.Networks));
    }

    [Fact]
    public void A_proposal_avoids_the_networks_of_the_root()
    {
        _store.Add(_store.Propose("bridge"));
        Assert.False(_store.Propose("second").Subnet.Overlaps(_store.Find("bridge")!.Subnet));
    }

    [Fact]
    public void Devices_of_two_roots_and_of_two_networks_differ()
    {
        var standard = new EnginePaths(EnginePaths.DefaultRoot, EnginePaths.DefaultRunRoot);
        var names = new[]
        {
            NetworkNames.Bridge(standard, "bridge"), NetworkNames.Bridge(standard, "lab"),
            NetworkNames.Bridge(_engine.Paths, "bridge"), NetworkNames.Bridge(_engine.Paths, "lab"),
        };
        Assert.Equal("minidock0", names[0]);
        Assert.Equal(4, names.Distinct().Count());
        Assert.All(names, n => Assert.True(NetworkNames.IsInterfaceName(n), n));
    }

    [Fact]
    public void A_veth_name_fits_and_changes_with_each_part()
    {
        var id = _engine.NewContainer();
        Assert.True(NetworkNames.IsInterfaceName(NetworkNames.HostVeth(id, 255, 255)));
        Assert.NotEqual(NetworkNames.HostVeth(id, 0, 0), NetworkNames.HostVeth(id, 0, 1));
        Assert.NotEqual(NetworkNames.HostVeth(id, 0, 0), NetworkNames.HostVeth(id, 1, 0));
    }

    public void Dispose() => _engine.Dispose();

    private void Write(string name, string json)
    {
        Directory.CreateDirectory(_engine.Paths.Networks);
        File.WriteAllBytes(Path.Combine(_engine.Paths.Networks, name + ".json"), Encoding.UTF8.GetBytes(json));
    }
}
