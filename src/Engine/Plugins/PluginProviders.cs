using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Plugins.Cgroups;
using MiniDock.Engine.Plugins.Hooks;
using MiniDock.Engine.Plugins.Network;
using MiniDock.Engine.Plugins.Storage;

namespace MiniDock.Engine.Plugins;

/// <summary>Third-party plugins as providers. Plugins are looked for when a name is asked for that is not built in, not before.</summary>
/// <param name="catalog">Finds them.</param>
/// <param name="warn">Told to the user, a line.</param>
public sealed class PluginProviders(PluginCatalog catalog, Action<string> warn)
{
    private PluginCaller? _caller;

    /// <summary>Whether the plan is to be explained: plugins that can are asked for their own steps.</summary>
    public bool Explains { get; set; }

    /// <summary>Finds plugins.</summary>
    public PluginCatalog Catalog => catalog;

    /// <summary>Calls plugins.</summary>
    public PluginCaller Caller => _caller ??= new PluginCaller();

    /// <summary>Hooks of containers.</summary>
    public PluginHooks Hooks => new(catalog, Caller, warn);

    /// <summary>Handlers of the steps of all kinds of plugins.</summary>
    public IEnumerable<IStepHandler> Handlers =>
    [
        new PluginStartHandler(Caller), new PluginEndHandler(Caller),
        new PluginPoststartHandler(Caller, warn), new PluginPoststopHandler(Caller, warn),
        new PluginNetworkHandler(Caller, warn), new PluginVolumeHandler(Caller, warn), new PluginMountHandler(), new PluginCgroupHandler(),
    ];

    /// <summary>Names of the plugins of a kind that can be used.</summary>
    public IEnumerable<string> Names(PluginKind kind) => catalog.List().Where(p => p.IsUsable && p.Manifest!.Kind == kind).Select(p => p.Name);

    /// <summary>The network plugin of a name; null: there is none. One that cannot be used tells why when it validates.</summary>
    public INetworkProvider? Network(string name) => Find(name, PluginKind.Network) is { } plugin ? new PluginNetworkProvider(plugin, this) : null;

    /// <summary>The storage plugin of a name; null: there is none.</summary>
    public IMountProvider? Mount(string type) => Find(type, PluginKind.Storage) is { } plugin ? new PluginMountProvider(plugin, this) : null;

    /// <summary>The cgroup plugin of a name, on top of the host's own provider; null: there is none.</summary>
    public ICgroupProvider? Cgroup(string name, ICgroupProvider? own) =>
        own is not null && Find(name, PluginKind.Cgroup) is { } plugin ? new PluginCgroupProvider(plugin, this, own) : null;

    /// <summary>The steps that a plugin would take itself; null where they are not wanted, or it cannot tell.</summary>
    internal IReadOnlyList<PluginStep>? Explain(InstalledPlugin plugin, string operation, PluginRequest request)
    {
        if (!Explains || !plugin.Manifest!.DryRun)
        {
            return null;
        }

        try
        {
            var reply = Caller.Call(plugin, operation, request with { DryRun = true });
            return reply.Result is { } result ? System.Text.Json.JsonSerializer.Deserialize(result, PluginJson.Default.PluginPlanResult)?.Steps : null;
        }
        catch (Exception e) when (e is EngineException or System.Text.Json.JsonException)
        {
            warn(e.Message);
            return null;
        }
    }

    private InstalledPlugin? Find(string name, PluginKind kind) =>
        catalog.Find(name) is { } plugin && (plugin.Manifest is null || plugin.Manifest.Kind == kind) ? plugin : null;
}
