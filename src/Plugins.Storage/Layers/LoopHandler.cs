using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Overlay;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>
/// Mounts a layer through a loop device, for kernels that mount no plain files. On the host: the child is in its device cgroup
/// by the time it mounts, and that does not let it open the device.
/// </summary>
internal sealed class LoopHandler : IStepHandler
{
    public const string KindName = "storage.loop";

    /// <inheritdoc/>
    public string Kind => KindName;

    public static PlanStep Plan(RootRequest request, string layer, int index)
    {
        var target = OverlayRoot.LayerMountPoint(request, index);
        return new PlanStep
        {
            Id = FormattableString.Invariant($"root.layer.{index}"),
            Phase = PlanPhase.HostBefore,
            Kind = KindName,
            Requires = ["root.snapshot"],
            Arguments = StepValues.Of(("file", layer), ("target", target)),
            Why = "mount the image's layer through a loop device: this kernel mounts block devices only",
            ManPage = "loop(4)",
            Shell = $"mount -t erofs -o ro,loop {layer} {target}",
        };
    }

    /// <summary>A device for a layer; the kernel frees it with its last user, a mount or the descriptor.</summary>
    public static LoopDevice Attach(string layer)
    {
        using var file = Files.Open(layer, OpenFlags.ReadOnly);
        return Loop.Attach(file, new LoopOptions { ReadOnly = true, AutoClear = true, DirectIo = true });
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var device = Attach(step.Arguments["file"]);
        Mounts.Mount(device.Path, step.Arguments["target"], "erofs", MountFlags.ReadOnly);
        return StepValues.Of(("device", device.Path));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        // EINVAL: no mount is there. ENOENT: not even the directory.
        var errno = Mounts.TryUmount2(step.Arguments["target"], UmountFlags.Detach);
        if (errno is not (Errno.Success or Errno.EINVAL or Errno.ENOENT))
        {
            throw new LinuxException("unmount", step.Arguments["target"], errno);
        }
    }
}
