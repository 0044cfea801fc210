using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using static MiniDock.Plugins.Cgroups.Reading.GroupNumbers;

namespace MiniDock.Plugins.Cgroups.Reading;

/// <summary>Reads the limits of huge pages, of each size that is limited.</summary>
internal static class HugePages
{
    private const string Prefix = "hugetlb.";

    /// <summary>The limits of a group; none where there is no group.</summary>
    /// <param name="directory">The group, or null.</param>
    /// <param name="limit">Last part of the name of the file that holds a limit.</param>
    /// <param name="usage">Last part of the name of the file that tells the use.</param>
    public static IEnumerable<CgroupLimit> Limits(string? directory, string limit, string usage)
    {
        if (directory is null || Files.TryOpenAt(null, directory, OpenFlags.Directory, 0, out var handle) != Errno.Success)
        {
            yield break;
        }

        using (handle)
        {
            // "hugetlb.2MB.max", and not "hugetlb.2MB.rsvd.max"
            foreach (var file in Files.ReadDirectory(handle).Select(e => e.Text).Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                if (file.Split('.') is [_, var size, var last] && last == limit && Limit($"{directory}/{file}") is { } value)
                {
                    yield return new CgroupLimit($"huge pages {size}", $"{directory}/{file}", value, Text(Read($"{directory}/{Prefix}{size}.{usage}")), CgroupLimitUnit.Bytes);
                }
            }
        }
    }
}
