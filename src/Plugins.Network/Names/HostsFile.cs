using System.Text;

namespace MiniDock.Plugins.Network.Names;

/// <summary>The text of hosts(5).</summary>
public static class HostsFile
{
    /// <summary>What <c>--add-host NAME:host-gateway</c> stands for: the host as the container sees it.</summary>
    public const string HostGateway = "host-gateway";

    // What a container's name means that has no address.
    private const string OwnLoopback = "127.0.1.1";

    private const string Standard =
        "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nff00::\tip6-mcastprefix\n"
        + "ff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";

    /// <summary>The file of a container with a network namespace of its own.</summary>
    /// <param name="hostName">Its host name.</param>
    /// <param name="domainName">Its domain, or null.</param>
    /// <param name="addresses">Its addresses; without any, its name means its loopback.</param>
    /// <param name="extra">More lines, <c>name:address</c>.</param>
    /// <param name="gateway">The host's address for <see cref="HostGateway"/>, or null.</param>
    public static string Text(string hostName, string? domainName, IReadOnlyList<string> addresses, IReadOnlyList<string> extra, string? gateway)
    {
        var text = new StringBuilder(Standard);
        var names = NamesOf(hostName, domainName);
        foreach (var address in addresses.Count > 0 ? addresses : [OwnLoopback])
        {
            text.Append(address).Append('\t').Append(names).Append('\n');
        }

        return AppendExtra(text, extra, gateway);
    }

    /// <summary>The file of a container in the host's network namespace: the host's own, and what was added.</summary>
    public static string OfHost(string hostsFile, IReadOnlyList<string> extra)
    {
        var text = new StringBuilder(hostsFile);
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }

        return AppendExtra(text, extra, "127.0.0.1");
    }

    /// <summary>The text with one more address for a container's names.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="address">The address.</param>
    /// <param name="names">The names as they stand in the file.</param>
    public static string WithAddress(string text, string address, string names) =>
        Without(Without(text, OwnLoopback, names), address, names) + $"{address}\t{names}\n";

    /// <summary>The text without an address of a container's names; they mean its loopback where it was the last.</summary>
    public static string WithoutAddress(string text, string address, string names)
    {
        var rest = Without(text, address, names);
        return rest.Split('\n').Any(l => l.EndsWith("\t" + names, StringComparison.Ordinal)) ? rest : rest + $"{OwnLoopback}\t{names}\n";
    }

    /// <summary>The names of a container as they stand in the file.</summary>
    public static string NamesOf(string hostName, string? domainName) => string.IsNullOrEmpty(domainName) ? hostName : $"{hostName}.{domainName} {hostName}";

    private static string Without(string text, string address, string names) =>
        string.Join('\n', text.Split('\n').Where(l => l != $"{address}\t{names}"));

    /// <summary>Splits <c>name:address</c> at the first colon: IPv6 addresses have more.</summary>
    public static (string Name, string Address)? SplitExtra(string line)
    {
        var colon = line.IndexOf(':');
        return colon > 0 && colon < line.Length - 1 ? (line[..colon], line[(colon + 1)..].Trim('[', ']')) : null;
    }

    private static string AppendExtra(StringBuilder text, IReadOnlyList<string> extra, string? gateway)
    {
        foreach (var line in extra)
        {
            if (SplitExtra(line) is var (name, address) && (address == HostGateway ? gateway : address) is { } known)
            {
                text.Append(known).Append('\t').Append(name).Append('\n');
            }
        }

        return text.ToString();
    }
}
