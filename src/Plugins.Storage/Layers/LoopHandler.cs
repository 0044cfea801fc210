using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Overlay;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>Attaches a layer to a loop device for kernels that mount no plain files; a link in the run directory tells the child which.</summary>
internal sealed class LoopHandler : IStepHandler
{
    public const string KindName = "storage.loop";

    /// <inheritdoc/>
    public string Kind => KindName;

    public static bool CanUse(string layer) => false;

    public static PlanStep Plan(RootRequest request, string layer, int index) => new()
    {
        Id = $"root.loop.{index}",
        Phase = PlanPhase.HostBefore,
        Kind = KindName,
        Arguments = StepValues.Of(("file", layer), ("link", OverlayRoot.LoopLink(request, index))),
        Why = "this kernel mounts block devices only",
        ManPage = "loop(4)",
        Shell = $"losetup --find --read-only --direct-io=on {layer}",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
