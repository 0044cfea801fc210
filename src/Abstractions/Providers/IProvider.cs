using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>A part that is put together per container: it contributes steps to the plan and does not act by itself.</summary>
public interface IProvider
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Handlers of the host steps that it plans.</summary>
    IEnumerable<IStepHandler> Handlers { get; }
}
