using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run;

/// <summary>The context of one run, filled as its steps are applied.</summary>
public sealed class StepContext(ContainerId containerId, EnginePaths paths) : IStepContext, IDisposable
{
    private Dictionary<string, SafeFileHandle>? _kept;

    private readonly List<(PlanStep Step, StepValues Receipt)> _receipts = [];

    /// <inheritdoc/>
    public ContainerId ContainerId { get; } = containerId;

    /// <inheritdoc/>
    public EnginePaths Paths { get; } = paths;

    /// <inheritdoc/>
    public int Pid { get; set; }

    /// <inheritdoc/>
    public StepValues? ReceiptOf(string stepId) => _receipts.Find(r => r.Step.Id == stepId).Receipt;

    /// <inheritdoc/>
    public IEnumerable<StepValues> ReceiptsOfKind(string kind) => _receipts.Where(r => r.Step.Kind == kind).Select(r => r.Receipt);

    /// <inheritdoc/>
    public void Keep(string stepId, SafeFileHandle descriptor) => (_kept ??= []).Add(stepId, descriptor);

    /// <summary>What a step has kept.</summary>
    public SafeFileHandle Kept(string stepId) => _kept![stepId];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kept is not null)
        {
            foreach (var descriptor in _kept.Values)
            {
                descriptor.Dispose();
            }

            _kept = null;
        }
    }

    /// <summary>All receipts, in the order of their application.</summary>
    public IEnumerable<StepValues> Receipts => _receipts.Select(r => r.Receipt);

    internal void Add(PlanStep step, StepValues receipt) => _receipts.Add((step, receipt));
}
