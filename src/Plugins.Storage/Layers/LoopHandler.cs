using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Overlay;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>Attaches a layer to a loop device for kernels that mount no plain files; a link in the run directory tells the child which.</summary>
internal sealed class LoopHandler : IStepHandler
{
    public const string KindName = "storage.loop";

    // Open until the process ends: the kernel frees a device when neither a descriptor nor a mount uses it any more, so
    // that nothing can be left behind, however the engine ends.
    private static readonly List<LoopDevice> s_open = [];

    /// <inheritdoc/>
    public string Kind => KindName;

    public static PlanStep Plan(RootRequest request, string layer, int index) => new()
    {
        Id = FormattableString.Invariant($"root.loop.{index}"),
        Phase = PlanPhase.HostBefore,
        Kind = KindName,
        Requires = ["root.snapshot"],
        Arguments = StepValues.Of(("file", layer), ("link", OverlayRoot.LoopLink(request, index))),
        Why = "this kernel mounts block devices only",
        ManPage = "loop(4)",
        Shell = $"losetup --find --read-only --direct-io=on {layer}",
    };

    /// <summary>A device for a layer, freed with its last user.</summary>
    public static LoopDevice Attach(string layer)
    {
        using var file = Files.Open(layer, OpenFlags.ReadOnly);
        return Loop.Attach(file, new LoopOptions { ReadOnly = true, AutoClear = true, DirectIo = true });
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var device = Attach(step.Arguments["file"]);
        s_open.Add(device);
        _ = Files.TryUnlinkAt(null, step.Arguments["link"]);
        Files.SymlinkAt(device.Path, null, step.Arguments["link"]);
        return StepValues.Of(("device", device.Path));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        foreach (var device in s_open.Where(one => one.Path == receipt?.Find("device")).ToList())
        {
            device.Dispose();
            s_open.Remove(device);
        }
    }
}
