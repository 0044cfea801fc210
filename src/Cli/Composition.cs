using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions.Providers;

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
        return services.BuildServiceProvider();
    }
}
