using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace Sample;

/// <summary>A mount of the type <c>scratch</c>: a directory of the host that lives as long as the run. It plans two steps and acts in neither: the
/// engine applies them, and undoes the first from its journal, also after the program was killed.</summary>
internal sealed class ScratchProvider : IMountProvider
{
    public string Name => "scratch";

    public IEnumerable<IStepHandler> Handlers => [new ScratchDirectoryHandler()];

    public IEnumerable<Problem> Validate(MountRequest request)
    {
        if (request.Mount.Source.Length > 0)
        {
            yield return new Problem($"scratch {request.Mount.Source}: EINVAL (a scratch directory has no source)");
        }
    }

    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        // The path derives from the container's id: undoing finds it even if the program died before it could say where it was.
        var path = Path.Combine(Path.GetTempPath(), $"scratch-{request.Spec.Id.Short}-{request.Index}");
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.scratch",
            Phase = PlanPhase.HostBefore,
            Kind = ScratchDirectoryHandler.StepKind,
            Arguments = StepValues.Of(("path", path)),
            Why = "a directory that goes with the run",
            ManPage = "mkdir(2)",
            Shell = $"mkdir {path}",
        };
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.bind",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Bind,
            Arguments = StepValues.Of(("source", path), ("target", request.Mount.Target), ("in", "root"), ("create", "dir"), ("recursive", "true"), ("propagation", "RPrivate")),
            Why = $"the scratch directory at {request.Mount.Target}",
            ManPage = "mount(2)",
            Shell = $"mount --bind {path} $ROOT{request.Mount.Target}",
        };
    }
}
