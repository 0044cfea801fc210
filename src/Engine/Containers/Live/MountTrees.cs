using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;
using MiniDock.Linux.Child;
using Propagation = MiniDock.Linux.Propagation;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Makes mounts that are at no place yet: descriptors, which no mount table shows, and which are gone with the engine that holds them.</summary>
internal static class MountTrees
{
    private const MountAttributes Settable = MountAttributes.ReadOnly | MountAttributes.NoSuid | MountAttributes.NoDev | MountAttributes.NoExec;
    private const int Prepare = 1;
    private const int Make = 2;

    private static readonly string[] BoundTypes = ["proc", "sysfs", "mqueue", "cgroup", "cgroup2", "devpts"];

    /// <summary>Whether a type of file system shows the namespaces of who mounts it, so that each container needs its own.</summary>
    public static bool IsBoundToNamespaces(string type) => Array.IndexOf(BoundTypes, type) >= 0;

    /// <summary>The mount that a provider's step means for a container that starts.</summary>
    /// <param name="step">A <see cref="ChildStepKinds.Bind"/> or <see cref="ChildStepKinds.Mount"/> inside the root.</param>
    /// <param name="target">The container.</param>
    /// <param name="around">The same, and the host.</param>
    public static SafeFileHandle Of(PlanStep step, ContainerTarget target, MountSurroundings around)
    {
        var arguments = step.Arguments;
        if (step.Kind == ChildStepKinds.Bind)
        {
            var tree = Mounts.OpenTree(null, arguments["source"], clone: true, recursive: arguments.Find("recursive") != "false");
            if (arguments.Find("idmap") == "true" && ChildNamespaces.ModeOf(around.Spec, NamespaceType.User) == NamespaceMode.Private)
            {
                // As at a start: a file system that cannot do it shows nobody's files.
                using var ids = target.OpenNamespace(NamespaceType.User);
                Mounts.TryMountSetAttr(tree, "", recursive: false, MountAttributes.IdMap, userNamespace: ids);
            }

            return tree;
        }

        var options = MountOptions.Parse(arguments.Find("data"));
        return OfFileSystem(arguments["type"], arguments.Find("source"), options, 1, null, around)[0];
    }

    /// <summary>A new file system, as many times as there are containers for it: what one writes, all see.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="source">Its device, or the name that mount tables show.</param>
    /// <param name="options">The file system's own options.</param>
    /// <param name="count">For how many containers.</param>
    /// <param name="inside">The container whose processes, messages or devices it shows, or null.</param>
    /// <param name="around">The container whose root it belongs to, and the host.</param>
    public static IReadOnlyList<SafeFileHandle> OfFileSystem(
        string type, string? source, IEnumerable<(string Key, string? Value)> options, int count, ContainerTarget? inside, MountSurroundings around)
    {
        if (inside is not null)
        {
            // The child is in there for a moment: whoever lives there must not look into the copy of this program.
            Processes.SetDumpable(false);
        }

        using var program = Program(type, source, options, count, inside, around).Build();
        using var child = ChildProcess.Start(program, new CloneOptions { Namespaces = NamespaceTypes.Mount, PidNamespace = inside?.PidFd });
        var trees = new List<SafeFileHandle>();
        ChildFailure? failure = null;
        while (trees.Count < count && child.ReceiveDescriptor(out failure) is { } tree)
        {
            trees.Add(tree);
        }

        failure ??= child.ReadOutcome();
        Processes.WaitId(child.PidFd);
        if (trees.Count == count && failure is null)
        {
            return trees;
        }

        trees.ForEach(t => t.Dispose());
        var cause = new LinuxException(failure?.Step == Make ? "mount" : "prepare mount of", type, failure?.Errno ?? Errno.ESRCH);
        throw new EngineException(cause.Message, cause.Hint, 1, cause);
    }

    /// <summary>Sets flags and propagation of a mount that is at no place yet.</summary>
    /// <param name="tree">The mount.</param>
    /// <param name="mount">What was asked.</param>
    /// <param name="isWhole">Whether what is mounted below it gets the flags too: not so where the engine has put that there.</param>
    /// <param name="isCopy">Whether it has those of another container's mount, which do not count here.</param>
    public static void SetAttributes(SafeFileHandle tree, MountSpec mount, bool isWhole, bool isCopy)
    {
        var attributes = MountOptions.Attributes(string.Join(',', mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags));
        if (attributes != MountAttributes.None || isCopy)
        {
            Mounts.MountSetAttr(tree, "", isWhole, attributes, isCopy ? Settable & ~attributes : MountAttributes.None);
        }

        var (propagation, isDeep) = MountEncoder.PropagationOf(mount.Propagation.ToString());
        if (propagation != Propagation.Shared)
        {
            // As at a start: nothing goes back to the host unless that was asked, from no mount below it either.
            Mounts.MountSetAttr(tree, "", recursive: true, MountAttributes.None, propagation: Propagation.Slave);
        }

        Mounts.MountSetAttr(tree, "", isDeep, MountAttributes.None, propagation: propagation);
    }

    private static ChildProgramBuilder Program(
        string type, string? source, IEnumerable<(string Key, string? Value)> options, int count, ContainerTarget? inside, MountSurroundings around)
    {
        var program = new ChildProgramBuilder();
        program.BeginStep(Prepare);
        program.ForbidTracing();
        program.EndWithParent();
        program.Mount(null, "/", null, MountFlags.Recursive | MountFlags.Private, null);
        var nullDevice = program.Open("/dev/null", OpenFlags.Path | OpenFlags.NoFollow);
        program.RequireCharacterDevice(nullDevice, 1, 3);
        if (inside is not null)
        {
            program.JoinNamespace(program.Inherit(inside.PidFd), NamespaceTypes.Network | NamespaceTypes.Ipc | NamespaceTypes.Uts | NamespaceTypes.Cgroup);
        }

        if (ChildNamespaces.ModeOf(around.Spec, NamespaceType.User) == NamespaceMode.Private && around.Spec.WritesIdMaps)
        {
            UserNamespaceMounts.MakeFilesAsRoot(program, around.Spec);
        }

        program.BeginStep(Make);
        var mount = program.NewFileSystem(type, source is { Length: > 0 } ? options.Prepend(("source", source)) : options, MountAttributes.None);

        // A mount must be somewhere before it can be copied (before Linux 6.15), or others be put on it: in a namespace that ends with this child.
        program.Attach(mount, program.Open(around.Paths.RunRoot, OpenFlags.Path | OpenFlags.Directory));
        Hide(type, around, program, mount, nullDevice);
        for (var n = 0; n < count; n++)
        {
            var copy = program.CloneTree(mount, recursive: true);
            program.SendDescriptor(copy);
            program.Close(copy);
        }

        program.Exit(0);
        return program;
    }

    // What /proc and /sys of the container do not show and do not let it change, no second one must.
    private static void Hide(string type, MountSurroundings around, ChildProgramBuilder program, Operand mount, Operand nullDevice)
    {
        var place = type switch { "proc" => "/proc", "sysfs" => "/sys", _ => null };
        if (place is null || around.Spec.Security.Privileged || around.Spec.Security.UnmaskedPaths)
        {
            return;
        }

        foreach (var path in HiddenPaths.AllMasked(around.Host).Where(p => p.StartsWith(place + "/", StringComparison.Ordinal) && MountEncoder.MayExist(p)))
        {
            program.Mask(mount, path[place.Length..], nullDevice);
        }

        foreach (var path in HiddenPaths.ReadOnly.Where(p => p.StartsWith(place + "/", StringComparison.Ordinal)))
        {
            program.MakeReadOnly(mount, path[place.Length..]);
        }
    }
}
