using System.Net;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads what goes into resolv.conf, hosts and the host name. Control characters would write lines of their own: refused.</summary>
internal sealed class DnsReader(Findings findings)
{
    private const string HostGateway = "host-gateway";
    private const int LongestName = 64;

    /// <summary>Name resolution of the container.</summary>
    public DnsSpec Read(RunFlags flags)
    {
        foreach (var server in flags.Dns.Where(s => !IPAddress.TryParse(s, out _)))
        {
            findings.Invalid("--dns", server, "not an address");
        }

        foreach (var domain in flags.DnsSearch.Where(d => d != "." && !IsDomain(d)))
        {
            findings.Invalid("--dns-search", domain, "not a domain name");
        }

        foreach (var option in flags.DnsOptions.Where(o => o.Length == 0 || o.Any(c => char.IsControl(c) || c == ' ')))
        {
            findings.Invalid("--dns-option", option, "not an option of resolv.conf(5)");
        }

        return new DnsSpec { Servers = flags.Dns, Search = flags.DnsSearch, Options = flags.DnsOptions, ExtraHosts = [.. flags.AddHosts.Select(Host).OfType<string>()] };
    }

    /// <summary>A host or domain name that was asked for, or null.</summary>
    public string? Name(string flag, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (name.Length > LongestName)
        {
            findings.Invalid(flag, name, "longer than 64 characters");
        }
        else if (!IsDomain(name))
        {
            findings.Invalid(flag, name, "not a host name", "letters, digits, '-', '_' and '.' make a host name");
        }

        return name;
    }

    private string? Host(string text)
    {
        var split = text.AsSpan().IndexOfAny('=', ':');
        var name = split < 0 ? "" : text[..split];
        var address = split < 0 ? "" : text[(split + 1)..].Trim('[', ']');
        if (!IsDomain(name) || (address is not HostGateway && !IPAddress.TryParse(address, out _)))
        {
            findings.Invalid("--add-host", text, "it is NAME:ADDRESS");
        }
        else
        {
            return $"{name}:{address}";
        }

        return null;
    }

    private static bool IsDomain(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") && text[0] is not ('-' or '.');
}
