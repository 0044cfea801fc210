using System.Text.Json;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>Links, names of network namespaces and packet filter rules of the host.</summary>
public static class HostNetwork
{
    /// <summary>Each link with the bridge that it is a port of.</summary>
    public static IEnumerable<string> Links()
    {
        using var json = JsonDocument.Parse(HostCommand.Run("ip", "-j", "link").ShouldSucceed().Stdout);
        return json.RootElement.EnumerateArray()
            .Select(link => link.TryGetProperty("master", out var master)
                ? $"{link.GetProperty("ifname")} on {master}"
                : link.GetProperty("ifname").ToString())
            .ToList();
    }

    /// <summary>Network namespaces that have a name.</summary>
    public static IEnumerable<string> NamespaceNames() =>
        Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns").Select(path => Path.GetFileName(path)) : [];

    /// <summary>The rule set without its counters, a line each, in front of it the table and chain that hold it.</summary>
    public static IEnumerable<string> Rules()
    {
        var context = new Stack<string>();
        foreach (var line in HostCommand.Run("nft", "-s", "list", "ruleset").ShouldSucceed().Lines)
        {
            if (line == "}")
            {
                context.Pop();
                continue;
            }

            yield return string.Join(" / ", context.Reverse().Append(line));
            if (line.EndsWith('{'))
            {
                context.Push(line.TrimEnd('{', ' '));
            }
        }
    }
}
