using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Sharing;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Store;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Embedding;

/// <summary>The user's own environment, files and containers.</summary>
public sealed class CreationSources(ContainerStore store, ImageStore? images = null) : ICreationSources
{
    private const int MostBytes = 1 << 20;

    /// <inheritdoc/>
    public string CurrentDirectory => Directory.GetCurrentDirectory();

    /// <inheritdoc/>
    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    /// <inheritdoc/>
    public string ReadFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        return file.CanSeek && file.Length > MostBytes
            ? throw new EngineException($"read {path}: EFBIG (larger than 1 MiB)")
            : new StreamReader(file).ReadToEnd();
    }

    /// <inheritdoc/>
    public ContainerId? FindContainer(string nameOrId) => store.Resolve(nameOrId);

    /// <inheritdoc/>
    public ImageSelection? FindImage(string reference) => images?.Find(reference)?.ToDefaults(reference).Selection;

    /// <inheritdoc/>
    public IReadOnlyList<MountSpec>? MountsOf(string nameOrId) => store.Resolve(nameOrId) is { } id ? store.Read(id)?.Spec.Mounts : null;

    /// <inheritdoc/>
    public string? DriverOfNetwork(string name) => new DefinitionStore(store.Paths).Find(name)?.Driver;

    /// <inheritdoc/>
    public string? FindPinnedNamespace(string name) => new PinnedNamespaces(store.Paths).Find(name);
}
