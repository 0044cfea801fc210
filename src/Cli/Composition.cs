using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli;

/// <summary>The composition root: which type stands behind which contract. Every registration is a factory, so nothing is found by
/// reflection and nothing is made before it is used. <c>run</c> makes its few objects itself (see docs/architecture.md).</summary>
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
        var services = new ServiceCollection();
        services.AddSingleton<EnginePaths>(_ => context.Paths);
        services.AddSingleton(s => new ContainerStore(s.GetRequiredService<EnginePaths>()));
        AddImages(services);
        return services.BuildServiceProvider();
    }

    private static void AddImages(ServiceCollection services)
    {
        services.AddSingleton(s => new ImageStore(s.GetRequiredService<EnginePaths>()));
        services.AddSingleton<IImageUsers>(s => new ContainerImageUsers(s.GetRequiredService<ContainerStore>()));
        services.AddSingleton(s => new ImageImporter(s.GetRequiredService<ImageStore>(), s.GetRequiredService<IImageUsers>()));
        services.AddSingleton(s => new ImageRemoval(s.GetRequiredService<ImageStore>(), s.GetRequiredService<IImageUsers>()));
        services.AddSingleton(s => new ImageListing(s.GetRequiredService<ImageStore>(), s.GetRequiredService<IImageUsers>()));
    }
}
