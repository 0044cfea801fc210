using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Plugins;

namespace MiniDock.Engine.Run;

/// <summary>The providers that an engine was put together with, in order of preference.</summary>
/// <param name="Networks">Network providers.</param>
/// <param name="Mounts">Providers of user mounts.</param>
/// <param name="RootFileSystems">Root file system drivers; <c>auto</c> takes the first that the host can hold.</param>
/// <param name="Cgroups">Cgroup providers; <c>auto</c> takes the first that supports the host.</param>
/// <param name="NameFiles">Writes hosts(5) and resolv.conf(5) of a container.</param>
public sealed record ProviderSet(
    IReadOnlyList<INetworkProvider> Networks,
    IReadOnlyList<IMountProvider> Mounts,
    IReadOnlyList<IRootFileSystemDriver> RootFileSystems,
    IReadOnlyList<ICgroupProvider> Cgroups,
    INameFilesProvider NameFiles)
{
    /// <summary>Third-party plugins, asked for names that no built-in provider has; null: there are none.</summary>
    public PluginProviders? Plugins { get; init; }

    /// <summary>All handlers of all providers.</summary>
    public IEnumerable<IStepHandler> Handlers =>
        Enumerable.Empty<IProvider>().Concat(Networks).Concat(Mounts).Concat(RootFileSystems).Concat(Cgroups).Append(NameFiles)
            .SelectMany(p => p.Handlers).Concat(Plugins?.Handlers ?? []);

    /// <summary>What may stand before the colon of an attachment.</summary>
    public IEnumerable<string> NetworkNames => Networks.Select(p => p.Name).Concat(Plugins?.Names(PluginKind.Network) ?? []);

    /// <summary>Types of mounts.</summary>
    public IEnumerable<string> MountTypes => Mounts.Select(p => p.Name).Concat(Plugins?.Names(PluginKind.Storage) ?? []);

    /// <summary>Names of cgroup drivers.</summary>
    public IEnumerable<string> CgroupNames => Cgroups.Select(p => p.Name).Prepend("auto").Concat(Plugins?.Names(PluginKind.Cgroup) ?? []);

    /// <summary>The network provider of a name, or null.</summary>
    public INetworkProvider? Network(string name) => Networks.FirstOrDefault(p => p.Name == name) ?? Plugins?.Network(name);

    /// <summary>The mount provider of a type, or null.</summary>
    public IMountProvider? Mount(string type) => Mounts.FirstOrDefault(p => p.Name == type) ?? Plugins?.Mount(type);

    /// <summary>The cgroup provider that a name means on a host, or null.</summary>
    public ICgroupProvider? Cgroup(string name, HostFacts host) =>
        Cgroups.FirstOrDefault(p => name == "auto" ? p.Supports(host) : p.Name == name)
        ?? (name == "auto" ? null : Plugins?.Cgroup(name, Cgroups.FirstOrDefault(p => p.Supports(host))));

    /// <summary>The root file system driver that a container names, or with <c>auto</c> the first that the host can hold; null with the reasons.</summary>
    public IRootFileSystemDriver? RootFileSystem(RootRequest request, List<Problem> problems)
    {
        var name = request.Spec.StorageDriver;
        var candidates = RootFileSystems.Where(d => name == "auto" || d.Name == name).ToList();
        if (candidates.Count == 0)
        {
            problems.Add(new($"storage driver {name}: unknown", $"known drivers: auto {string.Join(' ', RootFileSystems.Select(d => d.Name))}"));
            return null;
        }

        var reasons = new List<Problem>();
        foreach (var driver in candidates)
        {
            var found = driver.Validate(request).ToList();
            if (found.Count == 0)
            {
                return driver;
            }

            reasons.AddRange(found);
        }

        problems.AddRange(reasons);
        return null;
    }
}
