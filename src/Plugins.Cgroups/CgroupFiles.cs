using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Reads and writes the files of groups: one open, one write, as the kernel wants each value in one piece.</summary>
internal static class CgroupFiles
{
    /// <summary>Writes a value to an open file. Each write is a command to the kernel of its own, whatever the file's position.</summary>
    public static Errno TryWrite(SafeFileHandle file, string value)
    {
        Span<byte> buffer = stackalloc byte[512];
        var bytes = value.Length <= 128 ? buffer[..Encoding.UTF8.GetBytes(value, buffer)] : Encoding.UTF8.GetBytes(value);
        return Files.TryWrite(file, bytes, out _);
    }

    /// <summary>Writes a value to a file that exists.</summary>
    public static Errno TryWrite(string path, string value)
    {
        var errno = Files.TryOpenAt(null, path, OpenFlags.WriteOnly, 0, out var file);
        using (file)
        {
            return errno == Errno.Success ? TryWrite(file, value) : errno;
        }
    }

    /// <summary>The file's text without its last line feed, or null where it cannot be read.</summary>
    public static string? TryRead(string path)
    {
        var errno = Files.TryOpenAt(null, path, OpenFlags.ReadOnly, 0, out var file);
        using (file)
        {
            return errno == Errno.Success ? ReadAll(file) : null;
        }
    }

    /// <summary>The number after a key, in files of <c>KEY NUMBER</c> lines (memory.events, memory.oom_control), or 0.</summary>
    public static long Counter(string? text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > key.Length && line.StartsWith(key, StringComparison.Ordinal) && line[key.Length] == ' ')
            {
                return long.TryParse(line[(key.Length + 1)..], out var value) ? value : 0;
            }
        }

        return 0;
    }

    private static string? ReadAll(SafeFileHandle file)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (Files.TryRead(file, buffer.AsSpan(length), out var count) == Errno.Success)
        {
            if (count == 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n');
            }

            length += count;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }
        }

        return null;
    }
}
