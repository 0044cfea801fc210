using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers;

/// <summary>What comes before a new container is made, however it is run then: nothing is changed yet.</summary>
internal static class RunPreparation
{
    /// <summary>Plans the run, shows the plan where that is wanted, and tells what is done otherwise than asked.</summary>
    /// <exception cref="Abstractions.EngineException">The run is impossible; all reasons are told.</exception>
    public static PlanningResult Prepare(RunPlanner planner, ContainerSpec spec, HostFacts host, EnginePaths paths, RunOptions options)
    {
        var planned = planner.Plan(spec, host, paths);
        planned.ThrowIfImpossible();
        options.Explain?.Invoke(planned.Plan!);
        if (!options.DryRun)
        {
            foreach (var notice in planned.Cgroup!.Notices(new CgroupRequest(planned.Spec, host, paths)))
            {
                options.Warn(notice);
            }
        }

        return planned;
    }
}
