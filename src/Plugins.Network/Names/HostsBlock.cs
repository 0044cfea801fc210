using System.Text;

namespace MiniDock.Plugins.Network.Names;

/// <summary>The part of a container's hosts(5) that holds the names of one network, between two comments.</summary>
internal static class HostsBlock
{
    /// <summary>The lines of a network's names: one for each address.</summary>
    public static string Lines(IEnumerable<NamedEndpoint> endpoints)
    {
        var text = new StringBuilder();
        foreach (var names in endpoints.GroupBy(e => (e.Owner, e.Attachment)))
        {
            // The container's own name first: it is what a search for the address gives.
            var ordered = names.OrderBy(n => n.IsAlias).Select(n => n.Name).Append(names.Key.Owner.Short).Distinct();
            foreach (var address in names.First().Addresses.Split(','))
            {
                text.Append(address).Append('\t').AppendJoin(' ', ordered).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Puts lines in the place of those that a network has in a file's text; none take the whole part away.</summary>
    public static string Replace(string text, string network, string lines)
    {
        var (begin, end) = ($"# network {network}\n", $"# end of network {network}\n");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var last = from < 0 ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        var block = lines.Length == 0 ? "" : $"{begin}{lines}{end}";
        return last < 0 ? text + block : $"{text[..from]}{block}{text[(last + end.Length)..]}";
    }

    /// <summary>The same with a file; nothing where there is none.</summary>
    public static void Write(string path, string network, string lines) => MountedFile.Change(path, text => Replace(text, network, lines));
}
