using System.Globalization;

namespace MiniDock.Linux;

/// <summary>The file locks of all processes, <c>proc_locks(5)</c>.</summary>
public static class FileLocks
{
    /// <summary>Inode numbers of the files on a file system that somebody has locked exclusively by <c>flock(2)</c>.</summary>
    /// <remarks>One read for all of them, however many there are. The lock of a process that our PID namespace does not show is not
    /// listed, and some file systems (btrfs, overlayfs) have another number here than in <c>stat(2)</c>: what is in the list is locked,
    /// of what is not in it nothing is known.</remarks>
    /// <param name="device">The file system, as <c>statx(2)</c> tells it.</param>
    public static HashSet<ulong> FlockedInodes(DeviceNumber device) => Parse(File.ReadAllText("/proc/locks"), device);

    /// <summary>The same of a text that was read before, such as <c>1: FLOCK  ADVISORY  WRITE 1234 00:1a:5678 0 EOF</c>.</summary>
    public static HashSet<ulong> Parse(ReadOnlySpan<char> text, DeviceNumber device)
    {
        var inodes = new HashSet<ulong>();
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{device.Major:x2}:{device.Minor:x2}:");
        Span<Range> fields = stackalloc Range[7];
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            // A lock that is waited for has "->" as its second field.
            if (line.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries) == fields.Length
                && line[fields[1]] is "FLOCK" && line[fields[3]] is "WRITE"
                && line[fields[5]] is var file && file.StartsWith(prefix, StringComparison.Ordinal)
                && ulong.TryParse(file[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
            {
                inodes.Add(inode);
            }
        }

        return inodes;
    }
}
