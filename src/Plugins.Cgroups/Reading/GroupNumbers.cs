using System.Globalization;

namespace MiniDock.Plugins.Cgroups.Reading;

/// <summary>Numbers in the files of a group.</summary>
internal static class GroupNumbers
{
    // Version 1 has no word for "no limit": it is the greatest number of whole pages, or -1.
    private const long LeastUnlimited = long.MaxValue - (1 << 20);

    /// <summary>The number in a file, or null where there is none.</summary>
    public static long? Read(string path) => Parse(CgroupFiles.TryRead(path));

    /// <summary>A limit as the file has it; null where there is no limit or no file.</summary>
    public static string? Limit(string path) => CgroupFiles.TryRead(path) is { Length: > 0 } text && text is not ("max" or "-1") && !(Parse(text) >= LeastUnlimited) ? text : null;

    /// <summary>A limit as a number.</summary>
    public static long? LimitNumber(string path) => Parse(Limit(path));

    /// <summary>The number after a key, or null where the file cannot be read.</summary>
    public static long? Counter(string path, string key) => CgroupFiles.TryRead(path) is { } text ? CgroupFiles.Counter(text, key) : null;

    /// <summary>A number as text, or null.</summary>
    public static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Memory without file cache that can be dropped at once.</summary>
    public static long? WithoutCache(long? usage, long? inactive) => usage is null ? null : Math.Max(0, usage.Value - (inactive ?? 0));

    private static long? Parse(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
