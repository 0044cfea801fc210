using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run;

/// <summary>The step that clones the container's first process.</summary>
public static class SpawnStep
{
    /// <summary>Its kind.</summary>
    public const string Kind = "spawn";

    /// <summary>Its id.</summary>
    public const string Id = "spawn";

    private static readonly (NamespaceType Type, string Name, string Flag)[] Default =
    [
        (NamespaceType.Mount, "mnt", "--mount"), (NamespaceType.Uts, "uts", "--uts"), (NamespaceType.Ipc, "ipc", "--ipc"),
        (NamespaceType.Pid, "pid", "--pid"), (NamespaceType.Network, "net", "--net"), (NamespaceType.Cgroup, "cgroup", "--cgroup"),
    ];

    private static readonly (NamespaceType Type, string Name, string Flag)[] OnRequest =
        [(NamespaceType.User, "user", "--user"), (NamespaceType.Time, "time", "--time")];

    /// <summary>The namespaces that a container makes anew.</summary>
    public static IEnumerable<NamespaceType> NewNamespaces(ContainerSpec spec) => New(spec).Select(n => n.Type);

    /// <summary>Plans the clone.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="cgroup">A v2 group to clone into, or null.</param>
    public static PlanStep Plan(ContainerSpec spec, string? cgroup)
    {
        var made = New(spec).ToList();
        return new PlanStep
        {
            Id = Id,
            Phase = PlanPhase.Spawn,
            Kind = Kind,
            Arguments = StepValues.Of(("namespaces", string.Join(' ', made.Select(n => n.Name))), ("cgroup", cgroup)),
            Why = "the container's first process, in its own namespaces",
            ManPage = "clone(2)",
            Shell = $"unshare --fork --kill-child {string.Join(' ', made.Select(n => n.Flag))} -- …",
        };
    }

    private static IEnumerable<(NamespaceType Type, string Name, string Flag)> New(ContainerSpec spec)
    {
        foreach (var entry in Default)
        {
            if ((spec.Namespaces.LastOrDefault(n => n.Type == entry.Type)?.Mode ?? NamespaceMode.Private) == NamespaceMode.Private)
            {
                yield return entry;
            }
        }

        foreach (var entry in OnRequest)
        {
            if (spec.Namespaces.LastOrDefault(n => n.Type == entry.Type)?.Mode == NamespaceMode.Private)
            {
                yield return entry;
            }
        }
    }
}
