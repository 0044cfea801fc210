using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions.Providers;
using MiniDock.Embedding;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Sharing;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli;

/// <summary>The composition root for commands off the start path: which part stands behind which contract. Every registration is a factory, so
/// nothing is found by reflection and nothing is made before it is used. <c>run</c> takes <see cref="EngineParts"/> itself: the first use of a
/// service container costs as much as a tenth of a container's start.</summary>
internal sealed class Composition(CliContext context) : IDisposable
{
    private ServiceProvider? _services;

    /// <summary>A service.</summary>
    public T Get<T>()
        where T : notnull => (_services ??= Build()).GetRequiredService<T>();

    /// <inheritdoc/>
    public void Dispose() => _services?.Dispose();

    private ServiceProvider Build()
    {
        var parts = context.Engine;
        var services = new ServiceCollection();
        services.AddSingleton<EnginePaths>(_ => parts.Paths);
        services.AddSingleton<HostFacts>(_ => parts.Host);
        services.AddSingleton<ContainerStore>(_ => parts.Store);
        services.AddSingleton<ContainerControl>(_ => parts.Control);
        services.AddSingleton<ContainerExec>(_ => parts.Exec);
        services.AddSingleton<PinnedNamespaces>(_ => parts.PinnedNamespaces);
        services.AddSingleton<NamespaceListing>(_ => new NamespaceListing(parts.Store, parts.PinnedNamespaces));
        services.AddSingleton<ImageStore>(_ => parts.Images);
        services.AddSingleton<IImageUsers>(_ => parts.ImageUsers);
        services.AddSingleton<ImageImporter>(_ => parts.Importer);
        services.AddSingleton<ImageListing>(_ => parts.ImageListing);
        services.AddSingleton<ImageRemoval>(_ => parts.ImageRemoval);
        return services.BuildServiceProvider();
    }
}
