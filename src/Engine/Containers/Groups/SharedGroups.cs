using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Groups;

/// <summary>Definitions of the control groups that containers share: a file each, which outlasts a reboot, while the group does not.</summary>
public sealed class SharedGroups(EnginePaths paths)
{
    /// <summary>Path of a group as it is kept: without slashes around it.</summary>
    public static string Normal(string path) => path.Trim('/');

    /// <summary>All paths, in order.</summary>
    public IReadOnlyList<string> List() =>
        Directory.Exists(paths.SharedGroups)
            ? [.. Directory.EnumerateFiles(paths.SharedGroups, "*.json").Select(f => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The limits of a group, or null where nobody defined it.</summary>
    public ResourceLimits? Find(string path)
    {
        try
        {
            return LimitsJson.Parse(File.ReadAllText(FileOf(path)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Defines a group, or changes it.</summary>
    public void Write(string path, ResourceLimits limits)
    {
        Directory.CreateDirectory(paths.SharedGroups);
        var temporary = FileOf(path) + ".new";
        using (var file = Files.Open(temporary, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(LimitsJson.ToText(limits)), 0);
            Files.Fdatasync(file);
        }

        Files.RenameAt2(null, temporary, null, FileOf(path), default);
    }

    /// <summary>Forgets a group.</summary>
    public void Delete(string path) => File.Delete(FileOf(path));

    private string FileOf(string path) => Path.Combine(paths.SharedGroups, Uri.EscapeDataString(Normal(path)) + ".json");
}
