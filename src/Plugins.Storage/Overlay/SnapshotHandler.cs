using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Layers;

namespace MiniDock.Plugins.Storage.Overlay;

/// <summary>Makes the directories of a container's root: the writable ones live as long as the container, the mount points as long as its run.</summary>
internal sealed class SnapshotHandler : IStepHandler
{
    public const string KindName = "storage.snapshot";

    private const uint OwnerOnly = 0x1C0;
    private const uint Readable = 0x1ED;

    /// <inheritdoc/>
    public string Kind => KindName;

    public static PlanStep Plan(RootRequest request, int layerMounts) => new()
    {
        Id = "root.snapshot",
        Phase = PlanPhase.HostBefore,
        Kind = KindName,
        Scope = StepScope.Container,
        Arguments = StepValues.Of(
            ("layers", FormattableString.Invariant($"{layerMounts}")),
            ("top", LayerFiles.Of(request).LastOrDefault()),
            ("read", request.Access switch { RootAccess.ReadOnly => "all", RootAccess.Image => "image", _ => null })),
        Why = "directories for what the container writes, and to mount its root on",
        ManPage = "overlayfs.rst",
        Shell = $"mkdir -p {OverlayRoot.Upper(request)} {OverlayRoot.Work(request)} {request.Paths.RootFileSystem(request.Spec.Id)}",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var state = context.Paths.StateDirectory(context.ContainerId);
        var run = context.Paths.RunDirectory(context.ContainerId);

        var upper = context.Paths.WritableLayer(context.ContainerId);
        if (Make(upper, Readable) == Errno.Success && step.Arguments.Find("top") is { } top)
        {
            // The container sees the upper directory's mode and owner as its root's.
            var root = LayerRoot.Read(top);
            Files.FChmodAt(null, upper, root.Mode);
            Files.FChownAt(null, upper, root.UserId, root.GroupId);
        }

        var reads = step.Arguments.Find("read");
        if (reads == "image")
        {
            Make(Path.Combine(run, "nothing"), OwnerOnly);
        }

        // A work directory that a volatile mount left behind would be refused. One that is only read beside may be in use.
        if (reads is null && Make(Path.Combine(state, "work"), OwnerOnly) == Errno.EEXIST)
        {
            Files.RemoveTree(null, Path.Combine(state, "work"));
            Make(Path.Combine(state, "work"), OwnerOnly);
        }

        Make(context.Paths.RootFileSystem(context.ContainerId), OwnerOnly);
        var layers = int.Parse(step.Arguments["layers"], System.Globalization.CultureInfo.InvariantCulture);
        if (layers > 0)
        {
            Make(Path.Combine(run, "layers"), OwnerOnly);
        }

        for (var i = 0; i < layers; i++)
        {
            Make(Path.Combine(run, "layers", FormattableString.Invariant($"{i}")), OwnerOnly);
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var state = context.Paths.StateDirectory(context.ContainerId);
        Files.RemoveTree(null, context.Paths.WritableLayer(context.ContainerId));
        Files.RemoveTree(null, Path.Combine(state, "work"));
    }

    private static Errno Make(string path, uint mode)
    {
        var errno = Files.TryMkdirAt(null, path, mode);
        return errno is Errno.Success or Errno.EEXIST ? errno : throw new LinuxException("make directory", path, errno);
    }
}
