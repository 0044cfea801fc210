using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Removes the volume without a name of a container that goes with its run (<c>--rm</c>), unless another container has taken it over.</summary>
internal sealed class AnonymousVolumeHandler(IVolumeUsers users, Action<string, VolumeDefinition>? told) : IStepHandler
{
    private const string StepKind = "volume.anonymous";

    public string Kind => StepKind;

    public static PlanStep Plan(MountRequest request) => new()
    {
        Id = $"mount.{request.Index}.anonymous",
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Scope = StepScope.Container,
        Arguments = StepValues.Of(("volume", request.Mount.Source)),
        Why = "the volume has no name: --rm removes it with the container",
        Shell = $"trap 'rm -r {new VolumeStore(request.Paths).DirectoryOf(request.Mount.Source)}' EXIT",
    };

    public StepValues Apply(PlanStep step, IStepContext context) => StepValues.Empty;

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        // The container itself is still in the store.
        var others = new OtherUsers(users, context.ContainerId);
        new VolumeRemoval(context.Paths, others, v => told?.Invoke("destroy", v)).TryRemove(step.Arguments["volume"]);
    }

    private sealed class OtherUsers(IVolumeUsers all, Abstractions.Model.ContainerId but) : IVolumeUsers
    {
        public IReadOnlyList<(Abstractions.Model.ContainerId Id, string Name)> Of(string volume) => [.. all.Of(volume).Where(u => u.Id != but)];
    }
}
