using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Images.Store;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>Extracts a layer for the storage driver <c>dir</c>. The directory is a part of the store and shared, so undoing leaves it.</summary>
public sealed class ExtractionHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => "storage.extract";

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var diffId = Digest.Parse(step.Arguments["layer"]);
        try
        {
            return StepValues.Of(("directory", new LayerExtraction(new ImageStore(context.Paths)).Ensure(diffId)));
        }
        catch (ArchiveException e)
        {
            throw new EngineException($"extract layer {diffId.Short}: {e.Message}", e.Hint ?? "import the image again", inner: e);
        }
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
