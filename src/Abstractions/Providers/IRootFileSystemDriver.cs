using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>Makes a root file system of image layers (DESIGN: the snapshot contract).</summary>
public interface IRootFileSystemDriver : IProvider
{
    /// <summary>Names what the host lacks for this driver; empty when it can be used.</summary>
    IEnumerable<Problem> Validate(RootRequest request);

    /// <summary>Steps that mount the root at <see cref="EnginePaths.RootFileSystem"/>: host steps for directories (Container scope for the
    /// writable ones), and Child steps for the mounts, so that the kernel undoes them.</summary>
    IEnumerable<PlanStep> Plan(RootRequest request);
}
