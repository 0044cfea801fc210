using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Run.Child;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>Plans what a process does that enters a running container, between clone and exec: the groups and namespaces are those of the
/// container's first process, the rest is done as that did it.</summary>
internal static class ExecPlan
{
    /// <param name="spec">The container, with the process that enters.</param>
    /// <param name="host">The host.</param>
    /// <param name="cgroups">Child steps of the container's cgroup provider.</param>
    /// <param name="types">Namespaces to join.</param>
    /// <param name="endsWithEngine">Whether it is killed when this engine ends.</param>
    public static IReadOnlyList<PlanStep> Steps(
        ContainerSpec spec, HostFacts host, IEnumerable<PlanStep> cgroups, IReadOnlyList<NamespaceType> types, bool endsWithEngine)
    {
        // The pid namespace is joined by the clone.
        var joined = types.Where(t => t != NamespaceType.Pid).Select(NamespaceText.NameOf);
        var becomesRoot = types.Contains(NamespaceType.User) && spec.WritesIdMaps;
        List<PlanStep> steps =
        [
            .. cgroups,
            Step(
                EngineStepKinds.JoinProcess, "where the container's first process is", "setns(2)",
                ("types", string.Join(' ', joined)), ("root", becomesRoot ? "true" : "false")),
        ];

        // The oom score is left to the engine: the files of a process that cannot be traced belong to the host's root.
        foreach (var step in ProcessStart.Plan(spec, host, endsWithEngine).Where(s => s.Kind != EngineStepKinds.OomScore))
        {
            steps.Add(step.Kind == EngineStepKinds.WorkingDirectory
                ? step with { Why = "where it starts", Arguments = StepValues.Of(("path", step.Arguments["path"]), ("create", "no")) }
                : step);
        }

        return steps;
    }

    private static PlanStep Step(string kind, string why, string manPage, params ReadOnlySpan<(string, string?)> arguments) => new()
    {
        Id = kind,
        Phase = PlanPhase.Child,
        Kind = kind,
        Arguments = StepValues.Of(arguments),
        Why = why,
        ManPage = manPage,
    };
}
