using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>What an attachment to a switch, or to a network on one, asks for.</summary>
/// <param name="Network">The made network, or null: the user gives the addresses.</param>
/// <param name="Switch">The switch.</param>
/// <param name="SocketPath">Socket of its database.</param>
/// <param name="Vlan">Of <c>vlan=</c>, else of the network; or null.</param>
/// <param name="Link">Addresses and the like; of a made network without those that its pool gives.</param>
/// <param name="Address">The address of the pool that it must get, or null.</param>
/// <param name="HasRoute">Whether it gets the default route.</param>
internal sealed record OvsOptions(NetworkDefinition? Network, string Switch, string SocketPath, int? Vlan, LinkOptions Link, string? Address, bool HasRoute)
{
    /// <summary>More names for the containers of the network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Key of the VLAN, also that of a network's option.</summary>
    public const string VlanKey = "vlan";

    private const int LastVlan = 4094;
    private const int LongestSocketPath = 107;

    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="problems">Where problems go.</param>
    public static OvsOptions Read(NetworkRequest request, ICollection<Problem> problems)
    {
        var attachment = request.Attachment;
        var shown = NameProblems.Shown(attachment.ToString());
        void Refuse(string what, string? hint) => problems.Add(new($"network {shown}: {what}", hint));

        var vlan = attachment.Options.TryGetValue(VlanKey, out var text) ? ReadVlan(text, Refuse) : null;
        var name = attachment.Instance ?? "";
        if (new DefinitionStore(request.Paths).Find(name) is { Driver: OvsNetworkProvider.ProviderName } network)
        {
            var pooled = PooledLink.Read(request, network, problems, VlanKey);
            return new OvsOptions(network, network.Device, SocketOf(network), vlan ?? VlanOf(network), pooled.Link, pooled.Address, pooled.HasRoute) { Aliases = pooled.Aliases };
        }

        var link = LinkOptions.Read(request, problems, VlanKey, OvsSocket.Key);
        if (!NetworkNames.IsInterfaceName(name))
        {
            Refuse("EINVAL (names no switch)", "write --net ovs:SWITCH, or the name of a network; ovs-vsctl list-br lists switches");
        }

        var socket = attachment.Options.GetValueOrDefault(OvsSocket.Key);
        CheckSocket(socket, Refuse);
        return new OvsOptions(null, name, OvsSocket.Path(socket), vlan, link, null, request.IsDefaultRoute && link.Gateway is not null);
    }

    /// <summary>Reads the number of a VLAN.</summary>
    /// <param name="text">As it was given.</param>
    /// <param name="refuse">Takes the problem with its hint.</param>
    public static int? ReadVlan(string text, Action<string, string?> refuse)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LastVlan)
        {
            return number;
        }

        refuse($"vlan {NameProblems.Shown(text)}: EINVAL (not a number from 1 to {LastVlan})", null);
        return null;
    }

    /// <summary>Checks the path of a socket that was asked for.</summary>
    /// <param name="path">The path, or null.</param>
    /// <param name="refuse">Takes the problem with its hint.</param>
    public static void CheckSocket(string? path, Action<string, string?> refuse)
    {
        if (path is not null && (path is not ['/', ..] || System.Text.Encoding.UTF8.GetByteCount(path) > LongestSocketPath))
        {
            refuse($"socket {NameProblems.Shown(path)}: EINVAL (not an absolute path of at most {LongestSocketPath} bytes)", null);
        }
    }

    /// <summary>The socket of a made network's switch.</summary>
    public static string SocketOf(NetworkDefinition network) => OvsSocket.Path(network.Options.GetValueOrDefault(OvsSocket.Key));

    private static int? VlanOf(NetworkDefinition network) =>
        network.Options.TryGetValue(VlanKey, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
