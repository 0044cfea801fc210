using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Links;

/// <summary>The common keys of an attachment whose addresses the user gives: nobody hands them out.</summary>
/// <param name="Addresses">Of <c>ip=</c> and <c>ip6=</c>.</param>
/// <param name="Gateway">Of <c>gw=</c>, or null: no default route.</param>
/// <param name="Mac">Of <c>mac=</c>, or null.</param>
/// <param name="MtuBytes">Of <c>mtu=</c>, or null.</param>
public sealed record LinkOptions(IReadOnlyList<LinkAddress> Addresses, IPAddress? Gateway, MacAddress? Mac, int? MtuBytes)
{
    private static readonly string[] Keys = ["ip", "ip6", "mac", "name", "mtu", "gw", "default"];

    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="more">Keys that the provider reads itself.</param>
    public static LinkOptions Read(NetworkRequest request, ICollection<Problem> problems, params string[] more)
    {
        var shown = NameProblems.Shown(request.Attachment.ToString());
        void Refuse(string what, string? hint) => problems.Add(new($"network {shown}: {what}", hint));

        foreach (var problem in AttachmentOptions.Unknown(request, [.. Keys, .. more]))
        {
            problems.Add(problem);
        }

        if (request.Spec.NamespaceOf(NamespaceType.Network).Mode != NamespaceMode.Private)
        {
            Refuse("the container has no network namespace of its own", "leave out --ns net=…, or the attachment");
        }

        RefusePorts(request, problems);
        var options = request.Attachment.Options;
        var addresses = new List<LinkAddress>();
        foreach (var (key, family, example) in new[] { ("ip", AddressFamily.InterNetwork, "192.0.2.7/24"), ("ip6", AddressFamily.InterNetworkV6, "2001:db8::7/64") })
        {
            if (!options.TryGetValue(key, out var text))
            {
                continue;
            }

            if (LinkAddress.TryParse(text) is { } address && address.Address.AddressFamily == family)
            {
                addresses.Add(address);
            }
            else
            {
                Refuse($"{key} {text}: EINVAL (not an address with a prefix)", $"write {key}={example}: nobody else knows this network's prefix");
            }
        }

        IPAddress? gateway = null;
        if (options.TryGetValue("gw", out var gw) && gw != "none" && !IPAddress.TryParse(gw, out gateway))
        {
            Refuse($"gw {gw}: EINVAL (not an address)", "write the router's address, or none");
        }

        MacAddress? mac = null;
        if (options.TryGetValue("mac", out var macText))
        {
            mac = MacAddress.TryParse(macText, out var parsed) && parsed.IsUnicast ? parsed : null;
            if (mac is null)
            {
                Refuse($"mac {macText}: EINVAL (not a unicast address)", "write six octets such as 02:42:ac:11:00:02");
            }
        }

        int? mtu = null;
        if (options.TryGetValue("mtu", out var mtuText))
        {
            mtu = int.TryParse(mtuText, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= 68 and <= 65535 ? bytes : null;
            if (mtu is null)
            {
                Refuse($"mtu {mtuText}: EINVAL (not a number from 68 to 65535)", null);
            }
        }

        if (options.TryGetValue("default", out var isDefault) && isDefault is not ("true" or "false"))
        {
            Refuse($"default {isDefault}: EINVAL (not true or false)", null);
        }

        CheckName(request, Refuse);
        return new LinkOptions(addresses, gateway, mac, mtu);
    }

    /// <summary>Refuses published ports where the container is on another network than the host's.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="problems">Where the problem goes.</param>
    internal static void RefusePorts(NetworkRequest request, ICollection<Problem> problems)
    {
        if (request.Spec.Ports.Count > 0 && request.IsDefaultRoute)
        {
            problems.Add(new(
                $"network {NameProblems.Shown(request.Attachment.ToString())}: ports are published through a bridge only",
                "leave out -p: the container is on that network itself; or add --net bridge,default=true"));
        }
    }

    private static void CheckName(NetworkRequest request, Action<string, string?> refuse)
    {
        var name = request.InterfaceName;
        if (!NetworkNames.IsInterfaceName(name))
        {
            refuse($"name {NameProblems.Shown(name)}: EINVAL (cannot be an interface's name)", $"use up to {NetworkNames.MaxInterfaceLength} letters, digits, '-', '_' and '.'");
        }

        for (var i = 0; i < request.Index; i++)
        {
            if ((request with { Attachment = request.Spec.Networks[i], Index = i }).InterfaceName == name)
            {
                refuse($"name {name}: EEXIST (another attachment has it)", "give each attachment a name= of its own");
            }
        }
    }
}
