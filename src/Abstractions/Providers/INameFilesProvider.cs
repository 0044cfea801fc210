using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>Writes the files by which a container resolves names: <c>hosts</c>, <c>resolv.conf</c> and <c>hostname</c> in its run directory, bound
/// read-only into its root.</summary>
public interface INameFilesProvider : IProvider
{
    /// <summary>Names what must not be written, such as control characters; empty when the files may be planned.</summary>
    IEnumerable<Problem> Validate(ContainerSpec spec);

    /// <summary>The HostBefore step that writes them; it reads the receipts of the attachments planned before it.</summary>
    IEnumerable<PlanStep> Plan(ContainerSpec spec, EnginePaths paths);
}
