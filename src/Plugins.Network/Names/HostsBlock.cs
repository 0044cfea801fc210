using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Names;

/// <summary>The part of a container's hosts(5) that holds the names of one network, between two comments. It changes in place: the file is mounted into the
/// container, and what is mounted is the inode.</summary>
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

    /// <summary>The same with a file; nothing where there is none. Only what differs is written, so that who reads meanwhile finds what stays.
    /// Locks nothing: a lock on what it has mounted a container could hold for ever.</summary>
    public static void Write(string path, string network, string lines)
    {
        var errno = Files.TryOpenAt(null, path, OpenFlags.ReadWrite | OpenFlags.NoFollow, 0, out var file);
        if (errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return;
        }

        if (errno != Errno.Success)
        {
            throw new LinuxException("open", path, errno);
        }

        using (file)
        {
            var before = ReadAll(file);
            var after = Encoding.UTF8.GetBytes(Replace(Encoding.UTF8.GetString(before), network, lines));
            var same = before.AsSpan().CommonPrefixLength(after);
            if (same < after.Length)
            {
                RandomAccess.Write(file, after.AsSpan(same), same);
            }

            if (after.Length < before.Length)
            {
                Files.Truncate(file, after.Length);
            }
        }
    }

    private static byte[] ReadAll(SafeFileHandle file)
    {
        var bytes = new byte[RandomAccess.GetLength(file)];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }
}
