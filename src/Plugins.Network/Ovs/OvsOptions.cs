using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>The keys of an attachment that are Open vSwitch's own.</summary>
/// <param name="Switch">The switch.</param>
/// <param name="SocketPath">Socket of its database.</param>
/// <param name="Vlan">Of <c>vlan=</c>, or null.</param>
internal sealed record OvsOptions(string Switch, string SocketPath, int? Vlan)
{
    /// <summary>The keys.</summary>
    public static readonly string[] Keys = ["vlan", OvsSocket.Key];

    private const int LastVlan = 4094;
    private const int LongestSocketPath = 107;

    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="problems">Where problems go.</param>
    public static OvsOptions Read(NetworkRequest request, ICollection<Problem> problems)
    {
        var attachment = request.Attachment;
        var shown = NameProblems.Shown(attachment.ToString());
        var name = attachment.Instance ?? "";
        if (!NetworkNames.IsInterfaceName(name))
        {
            problems.Add(new($"network {shown}: EINVAL (names no switch)", "write --net ovs:SWITCH; ovs-vsctl list-br lists switches"));
        }

        int? vlan = null;
        if (attachment.Options.TryGetValue("vlan", out var text))
        {
            vlan = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LastVlan ? number : null;
            if (vlan is null)
            {
                problems.Add(new($"network {shown}: vlan {text}: EINVAL (not a number from 1 to {LastVlan})"));
            }
        }

        var wanted = attachment.Options.GetValueOrDefault(OvsSocket.Key);
        if (wanted is not null && (wanted is not ['/', ..] || System.Text.Encoding.UTF8.GetByteCount(wanted) > LongestSocketPath))
        {
            problems.Add(new($"network {shown}: socket {wanted}: EINVAL (not an absolute path of at most {LongestSocketPath} bytes)"));
        }

        return new OvsOptions(name, OvsSocket.Path(wanted), vlan);
    }
}
