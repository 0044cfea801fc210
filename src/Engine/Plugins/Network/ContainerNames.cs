using System.Text;
using MiniDock.Abstractions.Plugins;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins.Network;

/// <summary>hosts(5) and resolv.conf(5) of a container whose addresses are known only when a plugin has attached it. The files are written in place:
/// they are mounted inside already.</summary>
internal sealed class ContainerNames(string runDirectory)
{
    // What stands for a container without an address.
    private const string Nowhere = "127.0.1.1\t";

    private string Hosts => Path.Combine(runDirectory, "hosts");

    /// <summary>The container's own name means these addresses too.</summary>
    public void Add(IEnumerable<string> addresses) => Change(lines =>
    {
        var names = Files.Exists(Path.Combine(runDirectory, "hostname")) ? File.ReadAllText(Path.Combine(runDirectory, "hostname")).Trim() : "";
        var nowhere = lines.FindIndex(l => l.StartsWith(Nowhere, StringComparison.Ordinal));
        var added = addresses.Select(a => $"{a}\t{(nowhere < 0 ? names : lines[nowhere][Nowhere.Length..])}").ToList();
        if (nowhere >= 0 && added.Count > 0)
        {
            lines.RemoveAt(nowhere);
        }

        lines.InsertRange(nowhere < 0 ? lines.Count : nowhere, added);
    });

    /// <summary>Takes addresses away.</summary>
    public void Remove(IEnumerable<string> addresses)
    {
        var gone = addresses.Select(a => a + '\t').ToList();
        Change(lines => lines.RemoveAll(l => gone.Exists(a => l.StartsWith(a, StringComparison.Ordinal))));
    }

    /// <summary>Name servers of the network come first.</summary>
    public void Use(NetworkDns? dns)
    {
        var path = Path.Combine(runDirectory, "resolv.conf");
        if (dns is not { Nameservers.Count: > 0 } || !Files.Exists(path))
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var server in dns.Nameservers.Where(s => System.Net.IPAddress.TryParse(s, out _)))
        {
            text.Append("nameserver ").Append(server).Append('\n');
        }

        foreach (var (key, values) in new[] { ("search", dns.Search), ("options", dns.Options) })
        {
            var plain = values.Where(v => v.Length > 0 && !v.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))).ToList();
            if (plain.Count > 0)
            {
                text.Append(key).Append(' ').AppendJoin(' ', plain).Append('\n');
            }
        }

        Write(path, text.ToString());
    }

    private void Change(Action<List<string>> change)
    {
        if (!Files.Exists(Hosts))
        {
            return;
        }

        var lines = File.ReadAllLines(Hosts).ToList();
        change(lines);
        Write(Hosts, string.Join('\n', lines) + "\n");
    }

    private static void Write(string path, string text)
    {
        using var file = Files.Open(path, OpenFlags.WriteOnly | OpenFlags.Truncate | OpenFlags.NoFollow);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
    }
}
