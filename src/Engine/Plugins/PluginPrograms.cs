namespace MiniDock.Engine.Plugins;

/// <summary>Where plugins find programs of the host, whatever the user's PATH is.</summary>
internal static class PluginPrograms
{
    /// <summary>PATH of every plugin.</summary>
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The program of a name; null: there is none.</summary>
    public static string? Find(string name) =>
        Path.IsPathRooted(name) ? (File.Exists(name) ? name : null) : SearchPath.Split(':').Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);
}
