using MiniDock.Abstractions.Plan;

namespace Sample;

/// <summary>Makes the directory, and removes it with all that is in it.</summary>
internal sealed class ScratchDirectoryHandler : IStepHandler
{
    public const string StepKind = "scratch.directory";

    public string Kind => StepKind;

    public StepValues Apply(PlanStep step, IStepContext context)
    {
        Directory.CreateDirectory(step.Arguments["path"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return StepValues.Empty;
    }

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        try
        {
            Directory.Delete(step.Arguments["path"], recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was never made, or is gone already: undoing may be tried more than once.
        }
    }
}
