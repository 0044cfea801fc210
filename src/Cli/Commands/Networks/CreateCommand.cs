using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Engine.Events;
using MiniDock.Plugins.Network.Management;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network create</c>.</summary>
internal static class CreateCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var driver = new Option<string?>("--driver", "-d") { HelpName = "PROVIDER", Description = "who makes it (default bridge)" };
        var subnet = new Option<string[]>("--subnet") { HelpName = "CIDR", Description = "its addresses (default: a free private range); once for each of IPv4 and IPv6" };
        var gateway = new Option<string[]>("--gateway") { HelpName = "IP", Description = "the host's address in it (default: the first); once for each" };
        var range = new Option<string?>("--ip-range") { HelpName = "CIDR", Description = "give addresses from this part of the subnet" };
        var ipv6 = new Option<bool>("--ipv6") { Description = "IPv6 addresses too (default: of a random private range)" };
        var mtu = new Option<string?>("--mtu") { HelpName = "BYTES", Description = "largest packet" };
        var isInternal = new Option<bool>("--internal") { Description = "nothing goes in or out: no default route, no NAT" };
        var labels = new Option<string[]>("--label") { HelpName = "KEY=VALUE", Description = "add a label" };
        var options = new Option<string[]>("--opt", "-o") { HelpName = "KEY=VALUE", Description = "option of the provider" };
        var name = new Argument<string>("NAME");
        var command = new VerbCommand("network create", "Make a network")
        {
            Usage = "[OPTIONS] NAME",
            Details = "Containers of one network reach each other, and find each other by name in their hosts files (there is no name server: nslookup does not see these names). The bridge is made when the first container starts. The drivers macvlan and ipvlan put containers on the network of a device of the host: -o parent=DEVICE (a missing eth0.50 is made: VLAN 50), -o macvlan_mode=bridge|private|vepa|passthru, -o ipvlan_mode=l2|l3|l3s. The driver ovs makes an Open vSwitch switch at once, or takes one that is there: -o switch=NAME, -o vlan=N, -o datapath=system|netdev; the network has a default route only with --gateway.",
            Examples = ["minidock network create lab", "minidock network create --subnet 10.9.0.0/24 --gateway 10.9.0.254 lab", "minidock network create -d macvlan -o parent=eth0 --subnet 192.0.2.0/24 --ip-range 192.0.2.64/27 lan", "minidock network create --ipv6 --subnet fd00:1:2:3::/64 lab6", "minidock run --net lab busybox ip route"],
            Completes = (_, _) => [],
            CompletesFlag = (_, flag) => flag is "-d" or "--driver" ? ["bridge", "ovs", "macvlan", "ipvlan"] : [],
            Options = { driver, subnet, gateway, range, ipv6, mtu, isInternal, labels, options },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var made = new NetworkCreation(context.Paths).Create(new NewNetwork
            {
                Name = parsed.GetValue(name)!,
                Driver = parsed.GetValue(driver) ?? "bridge",
                Subnet = OfFamily("--subnet", parsed.GetValue(subnet), isVersion6: false),
                Gateway = OfFamily("--gateway", parsed.GetValue(gateway), isVersion6: false),
                HasVersion6 = parsed.GetValue(ipv6),
                Subnet6 = OfFamily("--subnet", parsed.GetValue(subnet), isVersion6: true),
                Gateway6 = OfFamily("--gateway", parsed.GetValue(gateway), isVersion6: true),
                Range = parsed.GetValue(range),
                Mtu = parsed.GetValue(mtu),
                IsInternal = parsed.GetValue(isInternal),
                Labels = KeyValueOption.Read("--label", parsed.GetValue(labels)),
                Options = KeyValueOption.Read("--opt", parsed.GetValue(options)),
            });
            context.Engine.Store.Events.Append(NetworkEvents.Of("create", ListedNetwork.IdOf(context.Paths, made.Name, made.Id), made.Name, made.Driver));
            context.Out.WriteLine(made.Id);
            return 0;
        });
        return command;
    }

    private static string? OfFamily(string flag, string[]? texts, bool isVersion6) => Array.FindAll(texts ?? [], t => t.Contains(':') == isVersion6) switch
    {
        [] => null,
        [var text] => text,
        _ => throw new EngineException($"{flag}: EINVAL (given twice for {(isVersion6 ? "IPv6" : "IPv4")})", "a network has one subnet of each family", exitCode: 1),
    };
}
