using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Session;

namespace MiniDock.Engine.Run.Child;

// STUB: helper child replaces this file with the real classes (ContainerChildPlan, ContainerProcess), one file each.
internal static class ContainerChildPlan
{
    public static IReadOnlyList<PlanStep> Steps(ContainerSpec spec, HostFacts host, EnginePaths paths, IReadOnlyList<PlanStep> root, IReadOnlyList<PlanStep> mounts, IReadOnlyList<PlanStep> cgroups) => [];
}

// Owns the StartedChild. Spawn: encodes the Child steps of planned.Plan, starts the child inside executor.Record(<the spawn step>, () => { … return First.ToReceipt(); }),
// sets context.Pid. If there is an id-maps step it runs in HostAfter (first), so the child's first wait point must be released only when HostAfter is over, or:
// Spawn itself leaves the child waiting at sync point 1; the executor applies HostAfter (id maps, network); Execute() releases, resolves the user in the
// child's root, releases again, reads the outcome, and throws EngineException (125; 126 cannot execute; 127 not found) that names the plan step, object and errno.
// (Better for speed: mounts run while the host does HostAfter: wait only where maps are needed first.) Dispose without Execute(): the child dies by its closed control socket.
internal sealed class ContainerProcess : IDisposable
{
    public FirstProcess First => throw new NotSupportedException();

    public Microsoft.Win32.SafeHandles.SafeFileHandle PidFd => throw new NotSupportedException();

    public static ContainerProcess Spawn(PlanningResult planned, HostFacts host, EnginePaths paths, IContainerSession session, PlanExecutor executor, StepContext context) =>
        throw new NotSupportedException();

    public void Execute() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
