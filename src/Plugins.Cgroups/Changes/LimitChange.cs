namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>A new value for one file of a running container's group.</summary>
/// <param name="Directory">The group.</param>
/// <param name="Write">The file and its value.</param>
/// <param name="Before">The value that it had, or null where nobody knows.</param>
internal readonly record struct LimitChange(string Directory, CgroupWrite Write, string? Before)
{
    private const string Unknown = "?";

    /// <summary>The lines of a step's argument. No path of a group holds a control character, see <see cref="GroupPath.Validate"/>.</summary>
    public static string Encode(IEnumerable<LimitChange> changes) =>
        string.Join('\n', changes.Select(c => $"{c.Directory}\t{CgroupWrite.Encode([c.Write])}\t{c.Before ?? Unknown}"));

    /// <summary>Reads what <see cref="Encode"/> made.</summary>
    public static IReadOnlyList<LimitChange> Decode(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Select(parts => new LimitChange(parts[0], CgroupWrite.Decode(parts[1]).Single(), parts[2] == Unknown ? null : parts[2]))];
}
