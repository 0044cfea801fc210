using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;

namespace MiniDock.Embedding;

/// <summary>Adds the engine to a program's services.</summary>
public static class MiniDockServices
{
    /// <summary>Adds a <see cref="MiniDockEngine"/>, one for the whole program.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the directories; null: those that the command line uses.</param>
    /// <returns>Takes providers of the program's own.</returns>
    public static MiniDockBuilder AddMiniDock(this IServiceCollection services, Action<MiniDockOptions>? configure = null)
    {
        var options = new MiniDockOptions();
        configure?.Invoke(options);
        services.AddSingleton(provider => new MiniDockEngine(new EngineParts(
            new EnginePaths(options.Root, options.RunRoot), options.Warn, builtIn => Extend(builtIn, provider))));
        return new MiniDockBuilder(services);
    }

    private static ProviderSet Extend(ProviderSet builtIn, IServiceProvider provider) => builtIn with
    {
        Networks = Append(builtIn.Networks, provider),
        Mounts = Append(builtIn.Mounts, provider),
        RootFileSystems = Append(builtIn.RootFileSystems, provider),
        Cgroups = Append(builtIn.Cgroups, provider),
    };

    private static IReadOnlyList<T> Append<T>(IReadOnlyList<T> builtIn, IServiceProvider provider)
        where T : IProvider
    {
        IReadOnlyList<T> all = [.. builtIn, .. provider.GetServices<T>()];
        return all.GroupBy(p => p.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"two providers are called {twice.Key}: {string.Join(", ", twice.Select(p => p.GetType().FullName))}")
            : all;
    }
}
