using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins.Cgroups;

/// <summary><c>--cgroup-driver PLUGIN</c>: the groups are made as the host's own provider makes them, and the plugin says what else is written to their files.
/// It only plans; the engine writes.</summary>
public sealed class PluginCgroupProvider(InstalledPlugin plugin, PluginProviders plugins, ICgroupProvider inner) : ICgroupProvider
{
    private CgroupResult? _result;

    /// <inheritdoc/>
    public string Name => plugin.Name;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public bool Supports(HostFacts host) => false;

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(CgroupRequest request)
    {
        var problems = PluginFile.Problems(plugin).Concat(inner.Validate(request)).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        try
        {
            return PluginCgroupHandler.Complaints(plugin, Result(request), request.Host);
        }
        catch (EngineException e)
        {
            return [new Problem(e.Message, e.Hint)];
        }
    }

    /// <summary>The group that the plugin wants the container's in; null where it does not say.</summary>
    public string? ParentOf(CgroupRequest request) => Result(request).Parent;

    /// <inheritdoc/>
    public IEnumerable<string> Notices(CgroupRequest request) => inner.Notices(request);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(CgroupRequest request)
    {
        foreach (var step in inner.Plan(request))
        {
            yield return step;
        }

        if (inner.PathOf(request) is { } path && PluginCgroupHandler.Plan(plugin, Result(request), request.Host, path) is { } written)
        {
            yield return written;
        }
    }

    /// <inheritdoc/>
    public string? SpawnCgroup(CgroupRequest request) => inner.SpawnCgroup(request);

    /// <inheritdoc/>
    public PlanStep? PlanFreeze(CgroupRequest request) => inner.PlanFreeze(request);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanUpdate(CgroupRequest request, ContainerSpec before) => inner.PlanUpdate(request, before);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanDevices(CgroupRequest request, ContainerSpec before) => inner.PlanDevices(request, before);

    /// <inheritdoc/>
    public string? PathOf(CgroupRequest request) => inner.PathOf(request);

    /// <inheritdoc/>
    public IReadOnlyList<(string Controllers, string Directory)> Directories(HostFacts host, string path) => inner.Directories(host, path);

    /// <inheritdoc/>
    public CgroupUsage ReadUsage(HostFacts host, string path) => inner.ReadUsage(host, path);

    /// <inheritdoc/>
    public IEnumerable<CgroupLimit> ReadLimits(HostFacts host, string path) => inner.ReadLimits(host, path);

    /// <inheritdoc/>
    public CgroupEvents ReadEvents(CgroupRequest request) => inner.ReadEvents(request);

    private CgroupResult Result(CgroupRequest request)
    {
        if (_result is not null)
        {
            return _result;
        }

        var host = request.Host.Cgroups;
        var reply = plugins.Caller.Call(plugin, PluginOperations.Plan, new PluginRequest
        {
            Op = "",
            Container = PluginSteps.Container(request.Spec, request.Paths),
            Resources = OciResources.Of(request.Spec.Resources),
            Cgroups = new PluginCgroupHost { Unified = host.UnifiedMount, UnifiedControllers = host.UnifiedControllers, V1 = host.V1Mounts },
        });
        plugins.Caller.EndSessions();
        try
        {
            return _result = (reply.Result is { } json ? JsonSerializer.Deserialize(json, PluginJson.Default.CgroupResult) : null) ?? new CgroupResult();
        }
        catch (JsonException e)
        {
            throw new EngineException($"plugin {plugin.Name} cgroup.plan: EPROTO (its result is not one: {PluginFailures.Shown(e.Message)})", "docs/plugins.md tells what it holds");
        }
    }
}
