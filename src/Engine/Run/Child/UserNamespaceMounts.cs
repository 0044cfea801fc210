using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>
/// Makes the mounts of a container that has a user namespace of its own. The kernel lets nobody in such a namespace mount
/// layers or make device nodes, so a second child, with the engine's rights, joins the container's other namespaces, does
/// the steps up to the change of the root for it, and ends. What it makes belongs to the container's root, and the layers are
/// shown with the container's ids.
/// </summary>
internal static class UserNamespaceMounts
{
    private static readonly NamespaceTypes[] Joined =
        [NamespaceTypes.Cgroup, NamespaceTypes.Ipc, NamespaceTypes.Uts, NamespaceTypes.Network, NamespaceTypes.Mount];

    /// <summary>Whether the container runs without any id of its own (<c>--uidmap none</c>).</summary>
    public static bool HasNoIds(ContainerSpec spec) => !spec.WritesIdMaps && ChildNamespaces.ModeOf(spec, NamespaceType.User) == NamespaceMode.Private;

    /// <summary>The steps between the id maps and the change of the root; null where the container's own process does them.</summary>
    public static Range? StepsOf(IReadOnlyList<PlanStep> steps)
    {
        int first = -1, last = -1;
        for (var n = 0; n < steps.Count; n++)
        {
            first = steps[n].Kind == EngineStepKinds.AwaitIdMaps ? n + 1 : first;
            last = steps[n].Kind == EngineStepKinds.PivotRoot ? n : last;
        }

        return first < 0 ? null : first..(last + 1);
    }

    /// <summary>Does them for the process <paramref name="pid"/>, which waits.</summary>
    /// <returns>The failure of a step, or null.</returns>
    public static ChildFailure? Make(int pid, ContainerSpec spec, ChildStreams streams, IReadOnlyList<PlanStep> steps, Range range, StepContext context)
    {
        using var encoding = new ChildEncoding(spec, streams, new ChildProgramBuilder()) { Host = context };
        var program = encoding.Program;
        program.ForbidTracing();
        var ids = encoding.Pass(Namespaces.OpenOf(pid, NamespaceTypes.User));
        foreach (var type in Joined)
        {
            program.JoinNamespace(encoding.Pass(Namespaces.OpenOf(pid, type)), type);
        }

        if (!HasNoIds(spec))
        {
            encoding.UserNamespace = ids;
            MakeFilesAsRoot(program, spec);
        }

        program.SetFileModeMask(0);
        ChildEncoder.Encode(steps, encoding, range);
        program.Exit(0);
        using var built = program.Build();
        using var processes = Namespaces.OpenOf(pid, NamespaceTypes.Pid);
        using var child = ChildProcess.Start(built, new CloneOptions { PidNamespace = processes });
        var failure = child.ReadOutcome();
        Processes.WaitId(child.PidFd);
        return failure;
    }

    /// <summary>A mount of the root's parts, with the container's ids.</summary>
    public static void MountLayer(StepValues arguments, Operand ids, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var target = arguments["target"];
        var options = MountOptions.Parse(arguments.Find("data")).ToList();
        if (arguments["type"] == "overlay")
        {
            // An overlay has no ids of its own but those of what it is made of: the writable part lies in the engine's state.
            if (options.Find(o => o.Key == "upperdir").Value is { } upper)
            {
                var state = Path.GetDirectoryName(upper)!;
                var tree = program.CloneTree(state, recursive: false);
                program.MapIds(tree, ids);
                program.Attach(tree, program.Open(state, OpenFlags.Path | OpenFlags.Directory));
            }

            program.Mount("overlay", target, "overlay", MountOptions.Flags(arguments.Find("flags")), arguments.Find("data"));
            return;
        }

        var source = arguments.Find("source") ?? "none";
        var mount = program.NewFileSystem(arguments["type"], options.Prepend(("source", source)), MountOptions.Attributes(arguments.Find("flags")));
        program.MapIds(mount, ids);
        program.Attach(mount, program.Open(target, OpenFlags.Path | OpenFlags.Directory));
    }

    /// <summary>The groups that the container's map knows: the kernel refuses all if one is not.</summary>
    public static IReadOnlyList<uint> Known(IReadOnlyList<uint> groups, ContainerSpec spec) =>
        ChildNamespaces.ModeOf(spec, NamespaceType.User) == NamespaceMode.Private
            ? [.. groups.Where(g => spec.GidMap.Any(m => g >= m.Inside && g - m.Inside < m.Length))]
            : groups;

    /// <summary>From here on files that the child makes belong to the root of the container, where that is another user.</summary>
    public static void MakeFilesAsRoot(ChildProgramBuilder program, ContainerSpec spec) =>
        program.MakeFilesAs(Outside(spec.UidMap), Outside(spec.GidMap), Capabilities.BoundingSet());

    private static uint Outside(IReadOnlyList<IdMapping> map) => map.FirstOrDefault(m => m.Inside == 0)?.Outside ?? 0;
}
