using System.Globalization;
using MiniDock.Abstractions.Plugins;
using MiniDock.Plugins.Sdk;

return Plugin.Run<Vxlan>();

/// <summary>
/// <c>--net vxlan:VNI,ip=10.7.0.2/24,local=ADDRESS,peer=ADDRESS</c>: a bridge for each VNI with a VXLAN tunnel to the peer host, and a port for each container.
/// Bridge and tunnel go with their last port.
/// </summary>
internal sealed class Vxlan : NetworkPlugin
{
    private const string PortPrefix = "vx";

    // What VXLAN puts around a frame on IPv4.
    private const int Overhead = 50;
    private const int Mtu = 1500 - Overhead;

    protected override Attached<NetworkResult> Attach(PluginCall call)
    {
        var vni = VniOf(call)
            ?? throw new PluginException("EINVAL", $"vxlan:{call.Network.Instance}: not a VNI", "write --net vxlan:42,ip=…; a VNI is 1 to 16777215");
        var (port, inside, address) = (call.HostName(PortPrefix), call.Network.Interface, call.RequiredOption("ip"));
        var bridge = BridgeOf(vni);
        if (!HostCommand.TryRun("ip", "link", "show", bridge))
        {
            MakeOverlay(call, vni, bridge);
        }

        HostCommand.Run("bridge", "fdb", "append", "00:00:00:00:00:00", "dev", TunnelOf(vni), "dst", call.RequiredOption("peer"));
        var mtu = Mtu.ToString(CultureInfo.InvariantCulture);
        HostCommand.Run("ip", "link", "add", port, "mtu", mtu, "type", "veth", "peer", "name", inside, "mtu", mtu, "netns", call.Container.Pid!.Value.ToString(CultureInfo.InvariantCulture));
        HostCommand.Run("ip", "link", "set", port, "master", bridge, "up");
        Inside(call, "ip", "address", "add", address, "dev", inside);
        Inside(call, "ip", "link", "set", inside, "up");
        var gateway = call.Option("gw");
        if (gateway is not null && call.Network.DefaultRoute)
        {
            Inside(call, "ip", "route", "add", "default", "via", gateway);
        }

        return new Attached<NetworkResult>(new NetworkResult
        {
            Interfaces = [new NetworkInterface(port), new NetworkInterface(inside, Sandbox: call.NetworkNamespace, Mtu: Mtu)],
            Ips = [new NetworkAddress(address, gateway, 1)],
        });
    }

    protected override void Detach(PluginCall call)
    {
        HostCommand.TryRun("ip", "link", "delete", call.HostName(PortPrefix));
        if (VniOf(call) is { } vni)
        {
            RemoveUnused(vni);
        }
    }

    protected override void Collect(PluginCall call)
    {
        foreach (var name in Links("type", "veth"))
        {
            if (name.StartsWith(PortPrefix, StringComparison.Ordinal) && !call.Alive.Any(id => name.StartsWith(PortPrefix + id[..8], StringComparison.Ordinal)))
            {
                HostCommand.TryRun("ip", "link", "delete", name);
            }
        }
    }

    private static void MakeOverlay(PluginCall call, int vni, string bridge)
    {
        var tunnel = TunnelOf(vni);
        HostCommand.TryRun("ip", "link", "delete", tunnel);
        HostCommand.Run("ip", "link", "add", tunnel, "type", "vxlan", "id", vni.ToString(CultureInfo.InvariantCulture), "local", call.RequiredOption("local"), "dstport", "4789");
        HostCommand.Run("ip", "link", "add", bridge, "type", "bridge");
        HostCommand.Run("ip", "link", "set", tunnel, "master", bridge, "up");
        HostCommand.Run("ip", "link", "set", bridge, "up");
    }

    private static void RemoveUnused(int vni)
    {
        if (HostCommand.TryRun("ip", "link", "show", BridgeOf(vni)) && Links("master", BridgeOf(vni)).All(p => p == TunnelOf(vni)))
        {
            HostCommand.TryRun("ip", "link", "delete", BridgeOf(vni));
            HostCommand.TryRun("ip", "link", "delete", TunnelOf(vni));
        }
    }

    private static void Inside(PluginCall call, params string[] command) => HostCommand.Run("nsenter", [$"--net={call.NetworkNamespace}", "--", .. command]);

    // "7: vx0123456@if6: <BROADCAST…": by netlink, so that it is the network namespace that counts, whatever /sys shows.
    private static IEnumerable<string> Links(params string[] which) =>
        HostCommand.Run("ip", ["-oneline", "link", "show", .. which]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[1].Trim().Split('@')[0]);

    private static string BridgeOf(int vni) => $"vxb{vni}";

    private static string TunnelOf(int vni) => $"vxt{vni}";

    private static int? VniOf(PluginCall call) =>
        int.TryParse(call.Network.Instance, NumberStyles.None, CultureInfo.InvariantCulture, out var vni) && vni is > 0 and < 1 << 24 ? vni : null;
}
