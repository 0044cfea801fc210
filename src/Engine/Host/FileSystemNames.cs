using System.Text;

namespace MiniDock.Engine.Host;

/// <summary>Parser of /proc/filesystems: a name a line, after a tab, with <c>nodev</c> before the tab where no device is mounted.</summary>
internal static class FileSystemNames
{
    /// <summary>The names. File systems of modules that are not loaded yet are not among them.</summary>
    public static HashSet<string> Parse(ReadOnlySpan<byte> content)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            var tab = line.IndexOf((byte)'\t');
            if (tab >= 0 && tab + 1 < line.Length)
            {
                names.Add(Encoding.UTF8.GetString(line[(tab + 1)..]));
            }
        }

        return names;
    }
}
