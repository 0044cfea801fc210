using System.CommandLine;
using MiniDock.Cli.Input;
using MiniDock.Plugins.Network.Uplink;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network uplink</c>.</summary>
internal static class UplinkCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var network = new Argument<string>("NETWORK|SWITCH");
        var device = new Argument<string>("DEVICE");
        var moveIp = new Option<bool>("--move-ip") { Description = "the host's addresses and routes on the device become those of its interface on the bridge" };
        var remove = new Option<bool>("--remove") { Description = "take the device off again, and give it back what it had" };
        var command = new VerbCommand("network uplink", "Put a device of the host on a network's bridge or a switch")
        {
            Usage = "[OPTIONS] NETWORK|SWITCH DEVICE",
            Details = "Containers of the network then share the device's cable. A device with addresses is taken only with --move-ip: the host would lose them. Of addresses, prefix and "
                + "broadcast are kept, of routes those of the main table; a DHCP client has to be told to use the bridge. It lasts until --remove or a reboot; one that fails, or is cut short, is taken back.",
            Examples = ["minidock network uplink --move-ip lab eth0", "minidock network uplink ovs:sw0 eth1", "minidock network uplink --remove lab eth0"],
            Completes = (c, index) => index == 0 ? Completion.Networks(c) : UplinkPlan.Devices(),
            Options = { moveIp, remove },
            Arguments = { network, device },
        };
        command.SetAction(parsed =>
        {
            var uplinks = new Uplinks(context);
            if (parsed.GetValue(remove))
            {
                if (parsed.GetValue(moveIp))
                {
                    throw new UsageException("--remove gives the addresses back: it does not go with --move-ip");
                }

                uplinks.Remove(parsed.GetValue(network)!, parsed.GetValue(device)!);
            }
            else
            {
                uplinks.Add(parsed.GetValue(network)!, parsed.GetValue(device)!, parsed.GetValue(moveIp));
            }

            return 0;
        });
        return command;
    }
}
