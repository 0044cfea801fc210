using System.Globalization;
using System.Text;

namespace MiniDock.Linux;

/// <summary>Reads mount tables, line by line: a search that finds early parses no further.</summary>
public static class MountTable
{
    /// <summary>The mounts of a process, or our own where <paramref name="pid"/> is null, parents before children.</summary>
    public static IEnumerable<MountEntry> Read(int? pid = null)
    {
        string process = pid is { } number ? number.ToString(CultureInfo.InvariantCulture) : "self";

        // Latin-1 keeps every byte apart; paths that are not ASCII are decoded below.
        using var reader = new StreamReader($"/proc/{process}/mountinfo", Encoding.Latin1, false, 8192);
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The topmost mount at exactly this path, or null.</summary>
    public static MountEntry? Find(string target, int? pid = null)
    {
        MountEntry? found = null;
        foreach (MountEntry entry in Read(pid))
        {
            if (entry.Target == target)
            {
                found = entry;
            }
        }

        return found;
    }

    /// <summary>Parses one line (bytes as Latin-1), or gives null for one that is malformed.</summary>
    public static MountEntry? Parse(string line)
    {
        string[] fields = line.Split(' ');
        int separator = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
        if (separator < 0
            || fields.Length < separator + 4
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent)
            || fields[2].Split(':') is not [var major, var minor]
            || !uint.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out uint majorNumber)
            || !uint.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out uint minorNumber))
        {
            return null;
        }

        return new MountEntry(
            id,
            parent,
            new DeviceNumber(majorNumber, minorNumber),
            Unescape(fields[3]),
            Unescape(fields[4]),
            fields[5],
            string.Join(' ', fields, 6, separator - 6),
            fields[separator + 1],
            Unescape(fields[separator + 2]),
            Unescape(fields[separator + 3]));
    }

    /// <summary>Decodes \040, \011, \012 and \134 and then UTF-8.</summary>
    public static string Unescape(string latin1)
    {
        bool plain = true;
        foreach (char c in latin1)
        {
            plain &= c != '\\' && c < 0x80;
        }

        if (plain)
        {
            return latin1;
        }

        byte[] bytes = new byte[latin1.Length];
        int length = 0;
        for (int i = 0; i < latin1.Length; i++)
        {
            if (latin1[i] == '\\' && i + 3 < latin1.Length && IsOctal(latin1[i + 1]) && IsOctal(latin1[i + 2]) && IsOctal(latin1[i + 3]))
            {
                bytes[length++] = (byte)(((latin1[i + 1] - '0') << 6) | ((latin1[i + 2] - '0') << 3) | (latin1[i + 3] - '0'));
                i += 3;
            }
            else
            {
                bytes[length++] = (byte)latin1[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';
}
