using System.Net;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Names;

/// <summary>
/// What must not get into hosts(5), resolv.conf(5) and hostname(5): a control character could add a line, and so a server or a name,
/// that nobody sees in the command.
/// </summary>
public static class NameProblems
{
    /// <summary>Longest host name that Linux holds (__NEW_UTS_LEN).</summary>
    public const int MaxHostNameLength = 64;

    /// <summary>All that is wrong with the names of a container.</summary>
    public static IEnumerable<Problem> Of(ContainerSpec spec)
    {
        if (spec.Hostname is { } name && NameProblem(name, MaxHostNameLength) is { } nameProblem)
        {
            yield return new($"host name {Shown(name)}: EINVAL ({nameProblem})", "use letters, digits, '-' and '.'");
        }

        if (spec.DomainName is { } domain && NameProblem(domain, MaxHostNameLength) is { } domainProblem)
        {
            yield return new($"domain name {Shown(domain)}: EINVAL ({domainProblem})", "use letters, digits, '-' and '.'");
        }

        foreach (var problem in spec.Dns.Servers.Select(Server).Concat(spec.Dns.Search.Select(SearchDomain))
            .Concat(spec.Dns.Options.Select(Option)).Concat(spec.Dns.ExtraHosts.Select(ExtraHost)))
        {
            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    private static Problem? Server(string server) =>
        IPAddress.TryParse(server, out _) && IsPlain(server)
            ? null
            : new($"name server {Shown(server)}: EINVAL (not an IP address)", "--dns takes one address each time, such as --dns 192.0.2.53");

    private static Problem? SearchDomain(string domain) =>
        domain == "." || NameProblem(domain, 255) is not { } problem
            ? null
            : new($"search domain {Shown(domain)}: EINVAL ({problem})", "--dns-search takes one domain each time, or . for none");

    private static Problem? Option(string option) =>
        option.Length > 0 && IsPlain(option)
            ? null
            : new($"resolver option {Shown(option)}: EINVAL (spaces and control characters are not allowed)", "--dns-option takes one option each time, such as ndots:2");

    private static Problem? ExtraHost(string line)
    {
        const string Hint = "--add-host takes NAME:ADDRESS, the address being an IP address or host-gateway";
        if (HostsFile.SplitExtra(line) is not var (name, address))
        {
            return new($"extra host {Shown(line)}: EINVAL (not NAME:ADDRESS)", Hint);
        }

        if (NameProblem(name, 255) is { } problem)
        {
            return new($"extra host {Shown(line)}: EINVAL ({problem})", Hint);
        }

        return address == HostsFile.HostGateway || (IPAddress.TryParse(address, out _) && IsPlain(address))
            ? null
            : new($"extra host {Shown(line)}: EINVAL (not an IP address)", Hint);
    }

    private static string? NameProblem(string name, int maxLength)
    {
        if (name.Length == 0 || name.Length > maxLength)
        {
            return $"a name has 1 to {maxLength} characters";
        }

        if (name.Any(char.IsControl))
        {
            return "control characters are not allowed";
        }

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && name[0] is not ('-' or '.')
            ? null
            : "not a host name";
    }

    private static bool IsPlain(string text) => !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c > 126);

    // The message must not carry what it refuses to the terminal.
    internal static string Shown(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}
