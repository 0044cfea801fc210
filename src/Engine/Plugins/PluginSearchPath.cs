using MiniDock.Abstractions.Plugins;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>Where plugins are looked for, the first place first.</summary>
public static class PluginSearchPath
{
    /// <summary>Where <c>plugin install</c> puts a plugin as root.</summary>
    public const string Local = "/usr/local/lib/minidock/plugins";

    private const string Distribution = "/usr/lib/minidock/plugins";

    /// <summary>The directories that plugins lie in: a plugin in each of their directories, or in themselves.</summary>
    public static IReadOnlyList<string> Directories()
    {
        var directories = new List<string>();
        directories.AddRange(
            (Environment.GetEnvironmentVariable(PluginProtocol.PathVariable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath));
        if (Processes.EffectiveUid != 0 && Own() is { } own)
        {
            directories.Add(own);
        }

        directories.AddRange([Local, Distribution]);
        return directories;
    }

    /// <summary>Where <c>plugin install</c> puts a plugin.</summary>
    public static string ForInstallation() => Processes.EffectiveUid == 0 ? Local : Own() ?? Local;

    // Not as root: what a user keeps at home must not run with root's rights because of a sudo that keeps HOME.
    private static string? Own() => Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local/share/minidock/plugins") : null;
}
