namespace MiniDock.Plugins.Cgroups;

/// <summary>What a person would type to make the groups.</summary>
internal static class GroupShell
{
    /// <summary>One line of shell.</summary>
    public static string Of(IReadOnlyList<string> directories, IReadOnlyList<CgroupWrite> writes, Func<CgroupWrite, string> directoryOf) =>
        string.Join("; ", writes
            .Select(write => $"echo {Quote(write.Value)} > {directoryOf(write)}/{write.File.Split('|')[0]}")
            .Prepend("mkdir -p " + string.Join(' ', directories)));

    private static string Quote(string value) => value.AsSpan().ContainsAny(" *") ? $"'{value}'" : value;
}
