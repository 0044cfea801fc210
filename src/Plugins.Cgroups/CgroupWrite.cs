namespace MiniDock.Plugins.Cgroups;

/// <summary>A value for one file of a group.</summary>
/// <param name="File">Name of the file, or names separated by <c>|</c> of which the first that exists is written.</param>
/// <param name="Value">The value.</param>
/// <param name="Optional">Whether a missing file is passed over: the setting is a default, not a wish of the user.</param>
internal readonly record struct CgroupWrite(string File, string Value, bool Optional = false)
{
    /// <summary>The lines of a step's <c>writes</c> argument: <c>FILE=VALUE</c>, <c>FILE?=VALUE</c> where optional.</summary>
    public static string Encode(IEnumerable<CgroupWrite> writes) =>
        string.Join('\n', writes.Select(w => $"{w.File}{(w.Optional ? "?" : "")}={w.Value}"));

    /// <summary>Reads what <see cref="Encode"/> made.</summary>
    public static IEnumerable<CgroupWrite> Decode(string? lines)
    {
        foreach (var line in lines?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var equals = line.IndexOf('=');
            var optional = line[equals - 1] == '?';
            yield return new CgroupWrite(line[..(optional ? equals - 1 : equals)], line[(equals + 1)..], optional);
        }
    }

    /// <summary>The part of the file's name before its first dot, which on version 1 is its controller.</summary>
    public string Controller => File[..File.IndexOf('.')];
}
