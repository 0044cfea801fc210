using System.CommandLine;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Embedding;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network connect</c>.</summary>
internal static class ConnectCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var network = new Argument<string>("NETWORK|SPEC");
        var container = new Argument<string>("CONTAINER");
        var ip = new Option<string?>("--ip") { Description = "IPv4 address; with its prefix where the network is not minidock's, such as 192.0.2.7/24", HelpName = "ADDRESS" };
        var ip6 = new Option<string?>("--ip6") { Description = "IPv6 address", HelpName = "ADDRESS" };
        var mac = new Option<string?>("--mac", "--mac-address") { Description = "Hardware address", HelpName = "MAC" };
        var ifname = new Option<string?>("--ifname") { Description = "Name of the interface inside; else the next free one, such as eth1", HelpName = "NAME" };
        var aliases = new Option<string[]>("--alias") { Description = "One more name for the containers of the network; repeatable", HelpName = "NAME" };
        var command = new VerbCommand("network connect", "Attach a container to a network, also while it runs")
        {
            Usage = "[OPTIONS] NETWORK|SPEC CONTAINER",
            Details = "SPEC is what --net of run takes. A running container gets the interface at once, and has it again at its next start.",
            Examples = ["minidock network connect --ifname eth2 lab c1", "minidock network connect nic:veth9,ip=192.0.2.7/24 c1"],
            Completes = (c, index) => index == 1 ? Completion.Containers(c) : [],
            Options = { ip, ip6, mac, ifname, aliases },
            Arguments = { network, container },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var attachment = AttachmentReader.Read(
                parsed.GetValue(network)!,
                [("ip", parsed.GetValue(ip)), ("ip6", parsed.GetValue(ip6)), ("mac", parsed.GetValue(mac)), ("name", parsed.GetValue(ifname)),
                    ("alias", parsed.GetValue(aliases) is { Length: > 0 } given ? string.Join(' ', given) : null)],
                new CreationSources(store));
            context.Engine.ContainerNetworks.Connect(store.Find(parsed.GetValue(container)!), attachment);
            return 0;
        });
        return command;
    }
}
