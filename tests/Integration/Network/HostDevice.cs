using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>A device of the host with addresses and a route through it: one end of a pair whose other end is a machine of its own.</summary>
internal sealed class HostDevice : IDisposable
{
    public const string Name = "veth9";
    public const string Address = "192.0.2.1/24";
    public const string Peer = "192.0.2.2";

    private readonly string _far = $"far{Guid.NewGuid():n}"[..12];

    public HostDevice() => HostCommand.Shell($"""
        ip netns add {_far}
        ip link add {Name} type veth peer name eth0 netns {_far}
        ip link set {Name} address 02:00:00:00:09:01 mtu 1400
        ip address add {Address} dev {Name}
        ip address add 2001:db8:9::1/64 dev {Name} nodad
        ip link set {Name} up
        ip route add 198.51.100.0/24 via {Peer} dev {Name} metric 7
        ip -n {_far} address add {Peer}/24 dev eth0
        ip -n {_far} link set eth0 mtu 1400 up
        ip -n {_far} link set lo up
        """);

    /// <summary>Whether the host has it.</summary>
    public static bool IsOnHost => HostCommand.Run("ip", "link", "show", Name).ExitCode == 0;

    /// <summary>All that must be again what it was.</summary>
    public static string State() => HostCommand.Shell($"""
        ip -o link show {Name} | sed 's/^[0-9]*: //; s/@[^:]*//; s/link-netns [^ ]*//; s/link-netnsid [^ ]*//; s/state [A-Z]* //'
        ip -o address show dev {Name} scope global | sed 's/^[0-9]*: //' | sort
        ip route show dev {Name} | sort
        """).Stdout;

    /// <summary>Runs a program on the other machine.</summary>
    public Outcome OnPeer(params string[] command) => HostCommand.Run("ip", ["netns", "exec", _far, .. command]);

    public void Dispose() => HostCommand.Shell($"ip link delete {Name} || true; ip netns delete {_far}");
}
