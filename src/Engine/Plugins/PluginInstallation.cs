using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>Puts plugins where the engine finds them, and takes them away.</summary>
/// <param name="place">The directory that holds a directory for each.</param>
/// <param name="catalog">Finds plugins.</param>
/// <param name="store">Knows which containers use one.</param>
public sealed class PluginInstallation(string place, PluginCatalog catalog, ContainerStore store)
{
    private const uint DirectoryMode = 0x1ED;
    private const uint WritableByOthers = 0x12;

    /// <summary>Copies a plugin's directory: all of it becomes the engine's user's, and nobody else can write it.</summary>
    /// <param name="directory">A directory with a manifest and what it names.</param>
    /// <param name="replaces">Whether it may replace one of its name.</param>
    /// <exception cref="EngineException">Nothing was installed. Exit code 1.</exception>
    public InstalledPlugin Install(string directory, bool replaces)
    {
        directory = Path.GetFullPath(directory);
        if (PluginCatalog.In(directory) is null)
        {
            throw new EngineException(
                $"plugin {directory}: ENOENT (no {Abstractions.Plugins.PluginProtocol.ManifestName} in it)", "minidock plugin new makes one to begin with", exitCode: 1);
        }

        var plugin = ManifestReader.Read(directory, isToRun: false);
        plugin.ThrowIfUnusable(exitCode: 1);
        var target = Path.Combine(place, plugin.Name);
        var staging = Path.Combine(place, $".{plugin.Name}.new");
        if (Files.Exists(target) && !replaces)
        {
            throw new EngineException($"plugin {plugin.Name}: EEXIST (in {target})", "--force replaces it", exitCode: 1);
        }

        Files.CreateDirectories(place, DirectoryMode);
        Remove(staging);
        try
        {
            Copy(directory, staging);
            Remove(target);
            Files.RenameAt2(null, staging, null, target, RenameFlags.NoReplace);
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            Remove(staging);
            throw new EngineException($"install plugin {plugin.Name}: {e.Message}", exitCode: 1, inner: e);
        }

        var installed = PluginCatalog.In(target)!;
        installed.ThrowIfUnusable(exitCode: 1);
        return installed;
    }

    /// <summary>Removes a plugin.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="evenUsed">Whether containers may still need it to be cleaned up.</param>
    /// <exception cref="EngineException">It is still there. Exit code 1.</exception>
    public void Remove(string name, bool evenUsed)
    {
        var plugin = catalog.Find(name) ?? throw new EngineException($"plugin {name}: ENOENT (not found)", "minidock plugin ls lists them", exitCode: 1);
        if (Path.GetDirectoryName(plugin.Directory) != place)
        {
            throw new EngineException($"plugin {name}: EPERM (it was not installed by minidock: {plugin.Directory})", "remove its directory", exitCode: 1);
        }

        if (!evenUsed && UsersOf(plugin) is { Count: > 0 } users)
        {
            throw new EngineException($"plugin {name}: EBUSY (used by {string.Join(' ', users)})", "remove the containers, or give --force: what it made for them then stays", exitCode: 1);
        }

        Remove(plugin.Directory);
    }

    private List<string> UsersOf(InstalledPlugin plugin)
    {
        var users = new List<string>();
        foreach (var id in store.AllIds())
        {
            using var journal = store.Journal(id);
            if (new[] { StepScope.Run, StepScope.Container }.SelectMany(journal.Read).Any(e => e.Step.Arguments.Find("directory") == plugin.Directory))
            {
                users.Add(store.Read(id)?.Spec.Name ?? id.Short);
            }
        }

        return users;
    }

    private static void Remove(string path)
    {
        if (Files.Exists(path))
        {
            Files.RemoveTree(null, path);
        }
    }

    private static void Copy(string from, string to)
    {
        Files.MkdirAt(null, to, DirectoryMode);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            var stat = Files.StatAt(null, entry.FullName);
            if (stat.IsDirectory)
            {
                Copy(entry.FullName, target);
            }
            else if (stat.IsRegular)
            {
                using var source = File.OpenRead(entry.FullName);
                using var handle = Files.Open(target, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
                using (var copy = new FileStream(handle, FileAccess.Write, bufferSize: 0))
                {
                    source.CopyTo(copy);
                    Files.FChmod(handle, stat.Permissions & 0x1FF & ~WritableByOthers);
                }
            }
            else
            {
                throw new IOException($"{entry.FullName}: EINVAL (neither a file nor a directory)");
            }
        }
    }
}
