using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>Names of the kernel objects of networks. Each derives from the root's tag, the network's name or the container's id.</summary>
public static class NetworkNames
{
    /// <summary>The network that <c>--net bridge</c> means.</summary>
    public const string Default = "bridge";

    /// <summary>Longest interface name: IFNAMSIZ less its terminating zero.</summary>
    public const int MaxInterfaceLength = 15;

    /// <summary>Name of the bridge device of a network.</summary>
    public static string Bridge(EnginePaths paths, string network)
    {
        if (network != Default)
        {
            return "mdn" + Hash($"{paths.InstanceTag}/{network}");
        }

        return paths.InstanceTag.Length == 0 ? "minidock0" : "md" + paths.InstanceTag;
    }

    /// <summary>Name of the nftables table of a root.</summary>
    public static string Table(EnginePaths paths) => paths.InstanceTag.Length == 0 ? "minidock" : "minidock_" + paths.InstanceTag;

    /// <summary>Name of the host's end of a container's veth pair.</summary>
    /// <param name="container">The container.</param>
    /// <param name="attachment">Place of the attachment, from 0.</param>
    /// <param name="attempt">Raised while the end of an earlier run still bears the name: the kernel removes it a little after the run.</param>
    public static string HostVeth(ContainerId container, int attachment, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"mdv{container.Value[..8]}{attachment & 0xff:x2}{attempt & 0xff:x2}");

    /// <summary>Whether it names the host's end of a container's veth pair, whatever the attempt.</summary>
    public static bool IsHostVeth(string name, ContainerId container, int attachment)
    {
        var first = HostVeth(container, attachment, 0);
        return name.Length == first.Length && name.AsSpan(0, name.Length - 2).SequenceEqual(first.AsSpan(0, first.Length - 2));
    }

    /// <summary>Whether the kernel takes it as the name of an interface, and it is not the loopback's.</summary>
    public static bool IsInterfaceName(string name) =>
        name.Length is > 0 and <= MaxInterfaceLength
        && name is not ("." or ".." or "lo" or "all" or "default")
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    // FNV-1a: a name, not a secret.
    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
