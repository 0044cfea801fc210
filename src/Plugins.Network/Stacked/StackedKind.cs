using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>A kind of link that lies on top of a device of the host: containers share that device's cable, without a bridge. Linux 3.19 for ipvlan.</summary>
public sealed class StackedKind
{
    private const string PassThrough = "passthru";

    private StackedKind(string name, params string[] modes)
    {
        Name = name;
        Modes = modes;
    }

    /// <summary>A hardware address for each link.</summary>
    public static StackedKind Macvlan { get; } = new("macvlan", "bridge", "private", "vepa", PassThrough);

    /// <summary>The device's hardware address for all links.</summary>
    public static StackedKind Ipvlan { get; } = new("ipvlan", "l2", "l3", "l3s");

    /// <summary>The kernel's name of it, which is the provider's and that of the driver in definitions.</summary>
    public string Name { get; }

    /// <summary>What <c>mode=</c> takes, the default first.</summary>
    public IReadOnlyList<string> Modes { get; }

    /// <summary>The option of <c>network create</c> that chooses the mode, docker's name.</summary>
    public string ModeOption => Name + "_mode";

    /// <summary>The kind that a driver makes, or null.</summary>
    public static StackedKind? Find(string driver) => driver == Macvlan.Name ? Macvlan : driver == Ipvlan.Name ? Ipvlan : null;

    /// <summary>Whether links of a mode have a hardware address of their own.</summary>
    public bool HasOwnMac(string mode) => this == Macvlan && mode != PassThrough;

    /// <summary>Whether links of a mode send all packets to the device as a router would: nothing is asked for by ARP, so a default route has no gateway.</summary>
    public bool IsRouted(string mode) => this == Ipvlan && mode != "l2";

    /// <summary>Asks for a link.</summary>
    /// <param name="batch">Of a socket in the device's namespace.</param>
    /// <param name="name">Name of the link.</param>
    /// <param name="parentIndex">The device.</param>
    /// <param name="mode">One of <see cref="Modes"/>.</param>
    /// <param name="settings">With the namespace that it is made in.</param>
    internal void Add(RouteBatch batch, string name, int parentIndex, string mode, LinkSettings settings)
    {
        if (this == Ipvlan)
        {
            batch.AddIpvlan(name, parentIndex, mode switch { "l3" => IpvlanMode.L3, "l3s" => IpvlanMode.L3S, _ => IpvlanMode.L2 }, settings);
            return;
        }

        var macvlanMode = mode switch
        {
            "private" => MacvlanMode.Private,
            "vepa" => MacvlanMode.Vepa,
            PassThrough => MacvlanMode.PassThrough,
            _ => MacvlanMode.Bridge,
        };
        batch.AddMacvlan(name, parentIndex, macvlanMode, settings);
    }
}
