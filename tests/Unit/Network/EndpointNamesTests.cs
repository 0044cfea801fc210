using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Tests.Unit.Network;

public sealed class EndpointNamesTests : IDisposable
{
    private readonly TemporaryPaths _root = new();

    [Fact]
    public void A_network_that_no_container_was_ever_on_ends_too() => new EndpointNames(_root.Paths, "lab").End();

    [Fact]
    public void Names_of_a_container_without_a_run_go_when_the_next_one_comes()
    {
        var (gone, here) = (ContainerId.Parse(new string('1', 64)), ContainerId.Parse(new string('2', 64)));
        Directory.CreateDirectory(_root.Paths.RunDirectory(here));
        var hosts = Path.Combine(_root.Paths.RunDirectory(here), "hosts");
        File.WriteAllText(hosts, "");
        var names = new EndpointNames(_root.Paths, "lab");
        names.Add([new NamedEndpoint("gone", false, gone, 0, "10.0.0.2")]);
        names.Add([new NamedEndpoint("here", false, here, 0, "10.0.0.3")]);
        Assert.Equal("# network lab\n10.0.0.3\there 222222222222\n# end of network lab\n", File.ReadAllText(hosts));
        names.Remove(here, 0);
        Assert.Equal("", File.ReadAllText(hosts));
        names.End();
        Assert.Empty(names.Refresh());
    }

    public void Dispose() => _root.Dispose();
}
