using System.Text;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run;

/// <summary>Writes the id maps of a new user namespace, before the child does anything in it. The namespace's end undoes it.</summary>
public sealed class IdMapsHandler : IStepHandler
{
    /// <summary>The kind of its step.</summary>
    public const string StepKind = "id-maps";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step, where the container has a user namespace of its own and wants it mapped.</summary>
    public static IEnumerable<PlanStep> Plan(ContainerSpec spec)
    {
        if (!spec.WritesIdMaps || !SpawnStep.NewNamespaces(spec).Contains(NamespaceType.User))
        {
            yield break;
        }

        var (uid, gid) = (Text(spec.UidMap), Text(spec.GidMap));
        yield return new PlanStep
        {
            Id = StepKind,
            Phase = PlanPhase.HostAfter,
            Kind = StepKind,
            Arguments = StepValues.Of(("uid", uid), ("gid", gid)),
            Requires = [SpawnStep.Id],
            Why = "ids of the container's user namespace",
            ManPage = "user_namespaces(7)",
            Shell = $"echo '{uid}' > /proc/$PID/uid_map; echo '{gid}' > /proc/$PID/gid_map",
        };
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        // A map is accepted in one write(2) only; a FileStream would be free to split it.
        Write($"/proc/{context.Pid}/gid_map", step.Arguments["gid"]);
        Write($"/proc/{context.Pid}/uid_map", step.Arguments["uid"]);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }

    private static string Text(IReadOnlyList<IdMapping> map) => string.Join('\n', map.Select(m => $"{m.Inside} {m.Outside} {m.Length}"));

    private static void Write(string path, string map)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(map), 0);
    }
}
