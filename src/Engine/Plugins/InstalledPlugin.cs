using MiniDock.Abstractions;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins;

/// <summary>A plugin that was found.</summary>
/// <param name="Name">Its name: the manifest's, or its directory's where the manifest cannot be read.</param>
/// <param name="Directory">Its directory.</param>
/// <param name="Manifest">What it says of itself; null where that cannot be read.</param>
/// <param name="Problems">All that keeps it from being used.</param>
public sealed record InstalledPlugin(string Name, string Directory, PluginManifest? Manifest, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsUsable => Manifest is not null && Problems.Count == 0;

    /// <summary>Path of its program.</summary>
    public string Program => Path.GetFullPath(Manifest!.Exec, Directory);

    /// <summary>Whether it has an operation.</summary>
    public bool Has(string operation) => Manifest!.Operations.Contains(operation);

    /// <summary>How long an operation may take, in milliseconds.</summary>
    public int TimeoutOf(string operation) => operation == PluginOperations.Create
        ? Math.Max(Manifest!.TimeoutMs, PluginProtocol.CreateTimeoutMilliseconds)
        : Manifest!.TimeoutMs;

    /// <exception cref="EngineException">It cannot be used; all reasons are told.</exception>
    public void ThrowIfUnusable(int exitCode = 125)
    {
        if (Problems.Count > 0)
        {
            throw EngineException.Of(Problems, exitCode);
        }
    }
}
