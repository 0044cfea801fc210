using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <summary>Where a file's data lies between its holes.</summary>
internal static class SparseLayout
{
    /// <summary>The stretches of data; null for a file without holes, or with more than an archive may have.</summary>
    public static IReadOnlyList<SparseExtent>? Of(SafeFileHandle file, in FileStat stat)
    {
        if ((long)stat.Blocks512 * 512 >= stat.SizeBytes)
        {
            return null;
        }

        var extents = new List<SparseExtent>();
        long data = 0;
        for (var at = 0L; at < stat.SizeBytes && Files.NextData(file, at) is var (start, end) && start < stat.SizeBytes; at = end)
        {
            end = Math.Min(end, stat.SizeBytes);
            extents.Add(new SparseExtent(start, end - start));
            data += end - start;
            if (extents.Count == SparseMap.MaxExtents)
            {
                return null;
            }
        }

        return data == stat.SizeBytes ? null : extents;
    }
}
