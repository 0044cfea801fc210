using MiniDock.Abstractions.Plugins;

namespace MiniDock.Engine.Plugins;

/// <summary>Finds plugins by their manifests. Nothing is executed.</summary>
/// <param name="directories">Where they are looked for, see <see cref="PluginSearchPath"/>.</param>
public sealed class PluginCatalog(Func<IReadOnlyList<string>> directories)
{
    private List<InstalledPlugin>? _all;

    /// <summary>All plugins, also those that cannot be used; of several of one name the first, which hides the others.</summary>
    public IReadOnlyList<InstalledPlugin> List() => _all ??= Read();

    /// <summary>The plugin of a name; null: there is none.</summary>
    public InstalledPlugin? Find(string name) => List().FirstOrDefault(p => p.Name == name);

    /// <summary>The plugin in a directory; null: there is none.</summary>
    public static InstalledPlugin? In(string directory) =>
        File.Exists(Path.Combine(directory, PluginProtocol.ManifestName)) ? ManifestReader.Read(directory) : null;

    private List<InstalledPlugin> Read()
    {
        var all = new List<InstalledPlugin>();
        foreach (var place in directories())
        {
            foreach (var plugin in InPlace(place))
            {
                if (!all.Exists(p => p.Name == plugin.Name))
                {
                    all.Add(plugin);
                }
            }
        }

        return all;
    }

    private static IEnumerable<InstalledPlugin> InPlace(string place)
    {
        if (In(place) is { } itself)
        {
            return [itself];
        }

        try
        {
            // One that begins with a dot is still being installed.
            return
            [
                .. Directory.EnumerateDirectories(place).Where(d => !Path.GetFileName(d).StartsWith('.')).Order(StringComparer.Ordinal).Select(In).OfType<InstalledPlugin>(),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
