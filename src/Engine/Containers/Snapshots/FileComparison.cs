using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Trees;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Whether a file is the same as another one. A directory's times say nothing: they change with what is in it.</summary>
internal static class FileComparison
{
    /// <summary>Compares what describes the files.</summary>
    public static bool IsDescribedAlike(SafeFileHandle a, in FileStat left, SafeFileHandle b, in FileStat right)
    {
        if (left.Mode != right.Mode || left.Uid != right.Uid || left.Gid != right.Gid || left.RawDevice != right.RawDevice)
        {
            return false;
        }

        if (!left.IsDirectory && (left.SizeBytes != right.SizeBytes || left.ModifyTime != right.ModifyTime))
        {
            return false;
        }

        return (!left.IsSymbolicLink || Target(a).AsSpan().SequenceEqual(Target(b))) && HasSameAttributes(a, b);
    }

    /// <summary>Compares the bytes of two regular files of one length.</summary>
    public static bool HasSameBytes(SafeFileHandle a, SafeFileHandle b)
    {
        using var left = Open(a);
        using var right = Open(b);
        var (ours, theirs) = (new byte[64 * 1024], new byte[64 * 1024]);
        for (var at = 0L; ;)
        {
            var count = RandomAccess.Read(left, ours, at);
            if (count == 0)
            {
                return true;
            }

            for (var done = 0; done < count;)
            {
                var more = RandomAccess.Read(right, theirs.AsSpan(done, count - done), at + done);
                if (more == 0)
                {
                    return false;
                }

                done += more;
            }

            if (!ours.AsSpan(0, count).SequenceEqual(theirs.AsSpan(0, count)))
            {
                return false;
            }

            at += count;
        }
    }

    private static bool HasSameAttributes(SafeFileHandle a, SafeFileHandle b)
    {
        var (left, right) = (Kept(a), Kept(b));
        return left.Count == right.Count && left.All(one => right.TryGetValue(one.Key, out var value) && value.AsSpan().SequenceEqual(one.Value));
    }

    private static Dictionary<string, byte[]> Kept(SafeFileHandle node) =>
        Files.ReadXattrs(node).Where(x => TreeAttributes.IsKept(x.Name)).ToDictionary(x => x.Name, x => x.Value);

    private static byte[] Target(SafeFileHandle link) => Files.TryReadLinkAt(link, "", out var target) == Errno.Success ? target : [];

    private static SafeFileHandle Open(SafeFileHandle node)
    {
        var errno = Files.TryReopen(node, OpenFlags.ReadOnly | OpenFlags.NonBlocking, out var file);
        return errno == Errno.Success ? file : throw new LinuxException("read", "a file of the container", errno);
    }
}
