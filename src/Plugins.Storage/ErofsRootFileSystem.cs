using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Storage.Layers;
using MiniDock.Plugins.Storage.Overlay;

namespace MiniDock.Plugins.Storage;

/// <summary>
/// Root file systems of layers that the kernel mounts as they lie in the store: each layer's file is an EROFS image. Nothing
/// is extracted, and where the kernel mounts plain files all mounts are made in the container's own mount namespace.
/// </summary>
public sealed class ErofsRootFileSystem : IRootFileSystemDriver
{
    private readonly LayerProbe _probe = new();

    /// <inheritdoc/>
    public string Name => "erofs";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new SnapshotHandler(), new LoopHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(RootRequest request)
    {
        var problems = OverlayRoot.Validate(request).ToList();
        if (problems.Count == 0 && LayerFiles.FirstOf(request) is { } layer && _probe.MethodFor(layer, request) == LayerMethod.None)
        {
            problems.Add(new Problem(
                "storage driver erofs: the kernel mounts neither a file nor a loop device as erofs",
                "load the modules: modprobe erofs loop; or use --storage-driver dir"));
        }

        return problems;
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(RootRequest request)
    {
        var layers = LayerFiles.Of(request);
        var isLoop = layers.Count > 0 && _probe.MethodFor(layers[0], request) == LayerMethod.Loop;
        yield return SnapshotHandler.Plan(request, layers.Count);
        for (var i = 0; i < layers.Count; i++)
        {
            yield return isLoop ? LoopHandler.Plan(request, layers[i], i) : MountStep(request, layers[i], i);
        }

        yield return OverlayRoot.MountStep(request, [.. layers.Select((_, i) => OverlayRoot.LayerMountPoint(request, i))]);
    }

    private static PlanStep MountStep(RootRequest request, string source, int index)
    {
        var target = OverlayRoot.LayerMountPoint(request, index);
        return new PlanStep
        {
            Id = $"root.layer.{index}",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Mount,
            Arguments = StepValues.Of(("source", source), ("target", target), ("type", "erofs"), ("flags", "ro"), ("in", "host")),
            Why = "mount the image's layer as it lies in the store",
            ManPage = "erofs.rst",
            Shell = $"mount -t erofs -o ro {source} {target}",
        };
    }
}
