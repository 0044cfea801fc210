using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Storage.Layers;
using MiniDock.Plugins.Storage.Overlay;

namespace MiniDock.Plugins.Storage;

/// <summary>
/// Root file systems of layers that are extracted once into directories of the store: for hosts that mount neither a file nor a
/// loop device as EROFS.
/// </summary>
/// <param name="extraction">Handles steps of kind <c>storage.extract</c>: the engine knows how to read a layer.</param>
public sealed class DirectoryRootFileSystem(IStepHandler extraction) : IRootFileSystemDriver
{
    /// <inheritdoc/>
    public string Name => "dir";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new SnapshotHandler(), extraction];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(RootRequest request) => OverlayRoot.Validate(request);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(RootRequest request)
    {
        var layers = LayerFiles.Distinct(request).ToList();
        yield return SnapshotHandler.Plan(request, layerMounts: 0);
        for (var i = 0; i < layers.Count; i++)
        {
            yield return new PlanStep
            {
                Id = FormattableString.Invariant($"root.layer.{i}"),
                Phase = PlanPhase.HostBefore,
                Kind = extraction.Kind,
                Arguments = StepValues.Of(("layer", layers[i].ToString())),
                Why = "extract the image's layer, unless a container before did",
                ManPage = "openat2(2)",
                Shell = $"tail -c +4097 {request.Paths.LayerFile(layers[i])} | tar -C {request.Paths.LayerDirectory(layers[i])} -xp",
            };
        }

        yield return OverlayRoot.MountStep(request, [.. layers.Select(request.Paths.LayerDirectory)]);
    }
}
