using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Bind;

/// <summary>Makes the source directory of a bind. It is the user's from then on: nothing takes it back, as docker does not.</summary>
internal sealed class SourceDirectoryHandler : IStepHandler
{
    private const string StepKind = "bind.source";
    private const uint Mode = 0x1ED;

    public string Kind => StepKind;

    public static PlanStep Plan(MountRequest request) => new()
    {
        Id = $"mount.{request.Index}.source",
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of(("path", request.Mount.Source)),
        Why = "the source of a bind was missing; it stays after the run",
        ManPage = "mkdir(2)",
        Shell = $"mkdir -p {request.Mount.Source}",
    };

    public StepValues Apply(PlanStep step, IStepContext context)
    {
        Files.CreateDirectories(step.Arguments["path"], Mode);
        return StepValues.Empty;
    }

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
