using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>Which namespaces the child is created in, joins, or makes later.</summary>
internal static class ChildNamespaces
{
    /// <summary>The kernel's flag of a type.</summary>
    public static NamespaceTypes Flag(NamespaceType type) => type switch
    {
        NamespaceType.Mount => NamespaceTypes.Mount,
        NamespaceType.Uts => NamespaceTypes.Uts,
        NamespaceType.Ipc => NamespaceTypes.Ipc,
        NamespaceType.Pid => NamespaceTypes.Pid,
        NamespaceType.Network => NamespaceTypes.Network,
        NamespaceType.User => NamespaceTypes.User,
        NamespaceType.Cgroup => NamespaceTypes.Cgroup,
        _ => NamespaceTypes.Time,
    };

    /// <summary>How a container gets one of its namespaces.</summary>
    public static NamespaceMode ModeOf(ContainerSpec spec, NamespaceType type) =>
        spec.Namespaces.LastOrDefault(n => n.Type == type)?.Mode
        ?? (type is NamespaceType.User or NamespaceType.Time ? NamespaceMode.Host : NamespaceMode.Private);

    /// <summary>The namespaces of the clone. The cgroup namespace is not among them: its root is the group of whoever makes it, so the child does.</summary>
    public static NamespaceTypes AtClone(ContainerSpec spec)
    {
        var flags = NamespaceTypes.None;
        foreach (var type in SpawnStep.NewNamespaces(spec).Where(t => t != NamespaceType.Cgroup))
        {
            flags |= Flag(type);
        }

        return flags;
    }

    /// <summary>The namespaces of others that are joined, the user namespace first: it gives the right to join the rest.</summary>
    public static IEnumerable<NamespaceSpec> Joined(ContainerSpec spec) =>
        spec.Namespaces.GroupBy(n => n.Type).Select(g => g.Last())
            .Where(n => n.Mode is NamespaceMode.Container or NamespaceMode.Path)
            .OrderBy(n => n.Type != NamespaceType.User);

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec)
    {
        foreach (var joined in Joined(spec).Where(n => n.Type != NamespaceType.Pid))
        {
            var name = Name(joined.Type);
            yield return Step($"{EngineStepKinds.JoinNamespace}.{name}", EngineStepKinds.JoinNamespace, $"shares the {name} namespace of {joined.Target}", "setns(2)", null, ("type", joined.Type.ToString()));
        }

        if (ModeOf(spec, NamespaceType.Cgroup) == NamespaceMode.Private)
        {
            yield return Step(EngineStepKinds.NewCgroupNamespace, EngineStepKinds.NewCgroupNamespace, "its own group is the root of what it sees", "cgroup_namespaces(7)", "unshare --cgroup");
        }

        if (ModeOf(spec, NamespaceType.User) == NamespaceMode.Private)
        {
            yield return Step(EngineStepKinds.AwaitIdMaps, EngineStepKinds.AwaitIdMaps, "no ids of its own before the host has mapped them; mounts that its rights do not allow are made for it meanwhile", "user_namespaces(7)", null, ("maps", spec.WritesIdMaps ? "true" : "false"));
        }

        yield return Step(EngineStepKinds.SeparateMounts, EngineStepKinds.SeparateMounts, "its mounts must not appear on the host", "mount_namespaces(7)", "mount --make-rslave /");
    }

    private static string Name(NamespaceType type) => type switch
    {
        NamespaceType.Mount => "mnt",
        NamespaceType.Network => "net",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static PlanStep Step(string id, string kind, string why, string manPage, string? shell, params ReadOnlySpan<(string, string?)> arguments) => new()
    {
        Id = id,
        Phase = PlanPhase.Child,
        Kind = kind,
        Arguments = StepValues.Of(arguments),
        Why = why,
        ManPage = manPage,
        Shell = shell,
    };
}
