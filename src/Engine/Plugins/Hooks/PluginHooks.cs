using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins.Hooks;

/// <summary>The hook plugins of containers: <c>--hook PLUGIN[,key=value…]</c>. An image cannot bring any.</summary>
public sealed class PluginHooks(PluginCatalog catalog, PluginCaller caller, Action<string> warn)
{
    /// <summary>All that is wrong with the hooks of a container.</summary>
    public IEnumerable<Problem> Problems(ContainerSpec spec)
    {
        foreach (var text in spec.Hooks?.Plugins ?? [])
        {
            if (HookPluginText.Parse(text) is not var (name, options))
            {
                yield return new Problem($"--hook {PluginFailures.Shown(text)}: EINVAL (it is PLUGIN[,key=value…])");
            }
            else if (catalog.Find(name) is not { } plugin || plugin.Manifest is { Kind: not PluginKind.Hook })
            {
                yield return new Problem(
                    $"hook {name}: not found", $"hooks here: {string.Join(' ', catalog.List().Where(p => p.IsUsable && p.Manifest!.Kind == PluginKind.Hook).Select(p => p.Name))}");
            }
            else
            {
                foreach (var problem in PluginFile.Problems(plugin).Concat(plugin.IsUsable ? PluginOptions.Problems($"hook {text}", plugin, options) : []))
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>The container with what its hooks add to it before it is made.</summary>
    /// <exception cref="EngineException">A hook refuses, or two disagree.</exception>
    public ContainerSpec Adjust(ContainerSpec spec, EnginePaths paths)
    {
        if (spec.Hooks is not { Plugins.Count: > 0 })
        {
            return spec;
        }

        if (Problems(spec).ToList() is { Count: > 0 } problems)
        {
            throw EngineException.Of(problems);
        }

        var adjustments = new HookAdjustments(spec);
        foreach (var (plugin, request) in Having(spec, paths, PluginOperations.Precreate))
        {
            adjustments.Add(plugin, caller.Call(plugin, PluginOperations.Precreate, request));
        }

        caller.EndSessions();
        return adjustments.Applied();
    }

    /// <summary>The steps of hooks: what is undone last comes first.</summary>
    public IEnumerable<PlanStep> Steps(ContainerSpec spec, EnginePaths paths, PlanPhase phase)
    {
        var operation = phase == PlanPhase.Started ? PluginOperations.Poststart : PluginOperations.Poststop;
        var index = 0;
        foreach (var (plugin, request) in Having(spec, paths, operation))
        {
            yield return new PlanStep
            {
                Id = FormattableString.Invariant($"plugin.hook.{operation}.{index++}"),
                Phase = phase,
                Kind = phase == PlanPhase.Started ? PluginPoststartHandler.StepKind : PluginPoststopHandler.StepKind,
                Arguments = PluginSteps.Arguments(plugin, request),
                Why = phase == PlanPhase.Started ? $"hook {plugin.Name}: the program runs" : $"hook {plugin.Name} after the end, however it comes",
                ManPage = "docs/plugins.md",
                Shell = PluginSteps.Shell(null, plugin, operation),
            };
        }
    }

    /// <summary>Tells the hooks of a running container that it is about to be asked to stop. A failure is told and stops nothing.</summary>
    public void Prestop(ContainerSpec spec, ContainerState state, EnginePaths paths)
    {
        foreach (var (plugin, request) in Having(spec, paths, PluginOperations.Prestop))
        {
            try
            {
                caller.Call(plugin, PluginOperations.Prestop, request with { Container = request.Container! with { Pid = state.Pid } });
            }
            catch (EngineException e)
            {
                warn(e.Message);
            }
        }

        caller.EndSessions();
    }

    private IEnumerable<(InstalledPlugin Plugin, PluginRequest Request)> Having(ContainerSpec spec, EnginePaths paths, string operation)
    {
        foreach (var text in spec.Hooks?.Plugins ?? [])
        {
            if (HookPluginText.Parse(text) is var (name, options) && catalog.Find(name) is { IsUsable: true } plugin && plugin.Has(operation))
            {
                yield return (plugin, new PluginRequest
                {
                    Op = PluginOperations.InRequest(PluginKind.Hook, operation),
                    Container = PluginSteps.Container(spec, paths),
                    Options = options,
                });
            }
        }
    }
}
