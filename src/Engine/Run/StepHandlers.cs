using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run;

/// <summary>Finds the handler of a step's kind among those of the providers and the engine's own.</summary>
public sealed class StepHandlers
{
    private readonly Dictionary<string, IStepHandler> _byKind = new(StringComparer.Ordinal);

    /// <summary>Collects handlers; two for one kind are a mistake in the composition root.</summary>
    public StepHandlers(IEnumerable<IStepHandler> handlers)
    {
        foreach (var handler in handlers)
        {
            if (!_byKind.TryAdd(handler.Kind, handler) && _byKind[handler.Kind].GetType() != handler.GetType())
            {
                throw new InvalidOperationException($"two handlers for steps of kind '{handler.Kind}'");
            }
        }
    }

    /// <summary>The handler of a kind, or null: Child and Spawn steps have none.</summary>
    public IStepHandler? Find(string kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>The handler of a step.</summary>
    /// <exception cref="InvalidOperationException">No provider handles its kind.</exception>
    public IStepHandler Of(PlanStep step) =>
        Find(step.Kind) ?? throw new InvalidOperationException($"no provider handles steps of kind '{step.Kind}' ({step.Id})");
}
