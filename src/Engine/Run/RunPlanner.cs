using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Groups;
using MiniDock.Engine.Plugins;
using MiniDock.Engine.Run.Child;
using MiniDock.Engine.Run.Hooks;

namespace MiniDock.Engine.Run;

/// <summary>Turns a specification and the facts of the host into a plan. It changes nothing.</summary>
public sealed class RunPlanner(ProviderSet providers)
{
    /// <summary>Plans a run. Every provider validates before any plans, and all problems are reported at once.</summary>
    public PlanningResult Plan(ContainerSpec spec, HostFacts host, EnginePaths paths)
    {
        var problems = new List<Problem>();
        spec = WithJoinedNetworks(spec, host, paths, problems);
        var cgroup = providers.Cgroup(spec.CgroupDriver, host);
        var cgroupRequest = new CgroupRequest(spec, host, paths) { ParentLimits = spec.CgroupParent is { } parent ? new SharedGroups(paths).Find(parent) : null };
        if (cgroup is null)
        {
            problems.Add(new($"cgroup driver {spec.CgroupDriver}: unknown", $"known drivers: {string.Join(' ', providers.CgroupNames)}"));
        }

        var root = providers.RootFileSystem(new RootRequest(spec, host, paths), problems);
        problems.AddRange(cgroup?.Validate(cgroupRequest) ?? []);
        ValidateMounts(spec, host, paths, problems);
        problems.AddRange(providers.NameFiles.Validate(spec));
        var hooks = spec.Hooks is { Plugins.Count: > 0 } ? providers.Plugins?.Hooks : null;
        problems.AddRange(hooks?.Problems(spec) ?? []);
        if (problems.Count > 0)
        {
            return new PlanningResult(spec, null, null, problems);
        }

        var cgroupSteps = cgroup!.Plan(cgroupRequest).ToList();
        var rootSteps = root!.Plan(new RootRequest(spec, host, paths)).ToList();
        var mountSteps = spec.Mounts.SelectMany((m, i) => providers.Mount(m.Type)!.Plan(new MountRequest(m, i, spec, host, paths))).ToList();
        var networkSteps = spec.Networks.SelectMany((a, i) => providers.Network(a.Provider)!.Plan(new NetworkRequest(a, i, spec, host, paths))).ToList();
        var spawn = SpawnStep.Plan(spec, cgroup.SpawnCgroup(cgroupRequest));
        var child = ContainerChildPlan.Steps(spec, host, paths, Of(rootSteps, PlanPhase.Child), Of(mountSteps, PlanPhase.Child), Of(cgroupSteps, PlanPhase.Child));

        var steps = new List<PlanStep>();
        steps.AddRange(hooks?.Steps(spec, paths, PlanPhase.HostBefore) ?? []);
        steps.AddRange(HookSteps.Before(spec));
        steps.AddRange(Of(cgroupSteps, PlanPhase.HostBefore));
        steps.AddRange(Of(rootSteps, PlanPhase.HostBefore));
        steps.AddRange(Of(mountSteps, PlanPhase.HostBefore));
        steps.AddRange(Of(networkSteps, PlanPhase.HostBefore));
        steps.AddRange(providers.NameFiles.Plan(spec, paths));
        steps.Add(spawn);
        steps.AddRange(IdMapsHandler.Plan(spec));
        steps.AddRange(Of(cgroupSteps, PlanPhase.HostAfter));
        steps.AddRange(Of(mountSteps, PlanPhase.HostAfter));
        steps.AddRange(Of(networkSteps, PlanPhase.HostAfter));
        if (PluginEndHandler.Plan(steps) is { } end)
        {
            steps.Add(end);
        }

        steps.AddRange(HookSteps.After(spec));
        steps.AddRange(child);
        steps.AddRange(hooks?.Steps(spec, paths, PlanPhase.Started) ?? []);
        return new PlanningResult(spec, new RunPlan(steps), cgroup, []);
    }

    private static List<PlanStep> Of(List<PlanStep> steps, PlanPhase phase) => steps.FindAll(s => s.Phase == phase);

    // An attachment may ask for an existing network namespace (host, container:…): that is part of the specification from here on.
    private ContainerSpec WithJoinedNetworks(ContainerSpec spec, HostFacts host, EnginePaths paths, List<Problem> problems)
    {
        for (var i = 0; i < spec.Networks.Count; i++)
        {
            var attachment = spec.Networks[i];
            if (providers.Network(attachment.Provider) is not { } provider)
            {
                problems.Add(new($"network {attachment.Provider}: not found", $"providers here: {string.Join(' ', providers.NetworkNames)}"));
                continue;
            }

            var request = new NetworkRequest(attachment, i, spec, host, paths);
            var found = provider.Validate(request).ToList();
            problems.AddRange(found);
            if (found.Count == 0 && provider.Namespace(request) is { } joined)
            {
                if (spec.Networks.Count > 1)
                {
                    problems.Add(new($"network {attachment}: cannot be combined with other attachments", "give it as the only --net"));
                }

                spec = spec with { Namespaces = [.. spec.Namespaces.Where(n => n.Type != NamespaceType.Network), joined] };
            }
        }

        return spec;
    }

    private void ValidateMounts(ContainerSpec spec, HostFacts host, EnginePaths paths, List<Problem> problems)
    {
        for (var i = 0; i < spec.Mounts.Count; i++)
        {
            var mount = spec.Mounts[i];
            if (providers.Mount(mount.Type) is { } provider)
            {
                problems.AddRange(provider.Validate(new MountRequest(mount, i, spec, host, paths)));
            }
            else
            {
                problems.Add(new($"mount type {mount.Type}: unknown", $"known types: {string.Join(' ', providers.MountTypes)}"));
            }
        }
    }
}
