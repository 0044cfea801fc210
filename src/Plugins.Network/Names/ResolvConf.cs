using System.Text;
using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Names;

/// <summary>The parts of resolv.conf(5) that containers take over.</summary>
/// <param name="Servers">Name servers in order.</param>
/// <param name="Search">Search domains.</param>
/// <param name="Options">Options.</param>
public sealed record ResolvConf(IReadOnlyList<string> Servers, IReadOnlyList<string> Search, IReadOnlyList<string> Options)
{
    /// <summary>Servers of a container that would have none: docker's choice.</summary>
    public static readonly IReadOnlyList<string> Fallback = ["8.8.8.8", "8.8.4.4"];

    /// <summary>Reads a host's file. The last <c>search</c> or <c>domain</c> line counts, as for the resolver.</summary>
    public static ResolvConf Parse(string text)
    {
        var servers = new List<string>();
        var search = new List<string>();
        var options = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            switch (fields)
            {
                case ["nameserver", var server, ..]:
                    servers.Add(server);
                    break;
                case ["search" or "domain", .. var domains]:
                    search = [.. domains];
                    break;
                case ["options", .. var more]:
                    options.AddRange(more);
                    break;
            }
        }

        return new ResolvConf(servers, search, options);
    }

    /// <summary>What a container gets: what was asked for, else the host's.</summary>
    /// <param name="dns">What was asked for; a search domain <c>.</c> alone means none.</param>
    /// <param name="ownNetwork">Whether its network namespace is another than the host's: the host's loopback servers, and IPv6 ones
    /// without a route, are out of its reach.</param>
    public ResolvConf For(DnsSpec dns, bool ownNetwork)
    {
        var servers = dns.Servers.Count > 0 ? dns.Servers : ownNetwork ? Reachable(Servers) : Servers;
        var search = dns.Search.Count > 0 ? dns.Search : Search;
        return new ResolvConf(servers, search is ["."] ? [] : search, dns.Options.Count > 0 ? dns.Options : Options);
    }

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var server in Servers)
        {
            text.Append("nameserver ").Append(server).Append('\n');
        }

        if (Search.Count > 0)
        {
            text.Append("search ").AppendJoin(' ', Search).Append('\n');
        }

        if (Options.Count > 0)
        {
            text.Append("options ").AppendJoin(' ', Options).Append('\n');
        }

        return text.ToString();
    }

    private static IReadOnlyList<string> Reachable(IReadOnlyList<string> servers)
    {
        var reachable = servers.Where(s => Ipv4Address.TryParse(s, out var address) && !address.IsLoopback && address != Ipv4Address.Any).ToList();
        return reachable.Count > 0 ? reachable : Fallback;
    }
}
