using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Abstractions.Plan;

/// <summary>What a handler may know of the run that its step belongs to.</summary>
public interface IStepContext
{
    /// <summary>The container.</summary>
    ContainerId ContainerId { get; }

    /// <summary>The engine's directories.</summary>
    EnginePaths Paths { get; }

    /// <summary>Process id of the container's first process on the host; 0 before <see cref="PlanPhase.Spawn"/>, and when undoing.</summary>
    int Pid { get; }

    /// <summary>Keeps what a step has made and only a descriptor holds, such as a mount that has no place yet, until the run ends. Its end frees it, however the engine ends.</summary>
    /// <param name="stepId">The step; a later Child step names it.</param>
    /// <param name="descriptor">The context's from here on.</param>
    void Keep(string stepId, SafeFileHandle descriptor) => throw new NotSupportedException($"step {stepId} belongs to the start of a container");

    /// <summary>The receipt of a step that was applied before, or null.</summary>
    StepValues? ReceiptOf(string stepId);

    /// <summary>Receipts of all applied steps of a kind, in order.</summary>
    IEnumerable<StepValues> ReceiptsOfKind(string kind);
}
