using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>
/// A container's root file system, mounted for the engine alone by the steps of its storage driver: in a mount namespace of its own, which lives as long as
/// this object. The host never sees the mounts, and the kernel takes them back however the engine ends.
/// </summary>
internal sealed class SnapshotMount : IDisposable
{
    private readonly SafeFileHandle _namespace;

    private SnapshotMount(SafeFileHandle root, SafeFileHandle mounts) => (Root, _namespace) = (root, mounts);

    /// <summary>The root directory, O_PATH.</summary>
    public SafeFileHandle Root { get; }

    /// <summary>Mounts it.</summary>
    /// <param name="request">The container, and how it is mounted.</param>
    /// <param name="providers">Storage drivers.</param>
    /// <param name="handlers">Handlers of their steps.</param>
    /// <param name="more">Done in the namespace once the root stands, or null.</param>
    /// <exception cref="EngineException">The host cannot hold it; exit code 1.</exception>
    public static SnapshotMount Open(RootRequest request, ProviderSet providers, StepHandlers handlers, Action<SafeFileHandle>? more = null)
    {
        var problems = new List<Problem>();
        var driver = providers.RootFileSystem(request, problems) ?? throw EngineException.Of(problems, exitCode: 1);
        var steps = driver.Plan(request).ToList();
        Files.CreateDirectories(request.Paths.RunContainers, 0x1C0);

        return ApartThread.Run(() => Make(request, steps, handlers, more));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Root.Dispose();
        _namespace.Dispose();
    }

    private static SnapshotMount Make(RootRequest request, List<PlanStep> steps, StepHandlers handlers, Action<SafeFileHandle>? more)
    {
        var (id, paths) = (request.Spec.Id, request.Paths);
        Namespaces.Unshare(NamespaceTypes.Mount);
        Mounts.Mount("none", "/", null, MountFlags.Recursive | MountFlags.Private);

        // The container may be running: its mount points are covered, and nothing is made on the disk that would have to go again.
        Mounts.Mount("minidock", paths.RunContainers, "tmpfs", MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, "mode=0700");
        Files.CreateDirectories(paths.RunDirectory(id), 0x1C0);
        var context = new StepContext(id, paths);
        foreach (var step in steps)
        {
            if (step.Phase == PlanPhase.HostBefore)
            {
                context.Add(step, handlers.Of(step).Apply(step, context));
            }
            else
            {
                Mount(step.Arguments);
            }
        }

        var root = Files.Open(paths.RootFileSystem(id), OpenFlags.Path | OpenFlags.Directory);
        try
        {
            more?.Invoke(root);
            return new SnapshotMount(root, Namespaces.OpenOf(null, NamespaceTypes.Mount));
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    private static void Mount(StepValues arguments) => Mounts.Mount(
        arguments.Find("source") ?? "none", arguments["target"], arguments["type"], MountOptions.Flags(arguments.Find("flags")), arguments.Find("data"));
}
