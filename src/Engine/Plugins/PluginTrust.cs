using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>What a plugin's files must be before the engine believes them: nobody but root and the engine's user can change them.</summary>
internal static class PluginTrust
{
    /// <summary>All that is wrong with a plugin's files.</summary>
    public static IEnumerable<Problem> Problems(string directory, string manifestPath, PluginManifest manifest, bool isToRun)
    {
        var program = Path.GetFullPath(manifest.Exec, directory);
        foreach (var path in new[] { manifestPath, program })
        {
            if (Complaint(path, mustRun: path == program, isToRun) is { } complaint)
            {
                yield return complaint;
            }
        }
    }

    private static Problem? Complaint(string path, bool mustRun, bool isToRun)
    {
        if (Files.TryStatAt(null, path, followLink: true, out var stat) is var errno and not Errno.Success)
        {
            return new($"plugin program {path}: {ErrnoText.Name(errno)} ({ErrnoText.Text(errno)})", "exec in the manifest names it");
        }

        if (!stat.IsRegular)
        {
            return new($"plugin file {path}: EACCES (not a regular file)");
        }

        if (mustRun && (stat.Permissions & 0x49) == 0)
        {
            return new($"plugin program {path}: EACCES (it may not be executed)", $"chmod +x {path}");
        }

        return isToRun && TrustedPath.Weakness(path) is { } weakness
            ? new($"plugin file {path}: EPERM ({weakness})", "a plugin runs with the engine's rights: chown root it and what is above it, chmod go-w")
            : null;
    }
}
