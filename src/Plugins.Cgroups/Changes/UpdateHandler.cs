using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.Controllers;
using MiniDock.Plugins.Cgroups.V2;

namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>Changes limits of a running container; undoing it writes the values that were there before.</summary>
internal sealed class UpdateHandler : IStepHandler
{
    private const string StepKind = "cgroup.update";
    private const string Changes = "changes";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="changes">What to write.</param>
    /// <param name="enable">On version 2 the mount point, the path and the controllers that the group does not have yet, or null.</param>
    public static PlanStep Plan(IReadOnlyList<LimitChange> changes, (string Mount, string Path, string Controllers)? enable = null) => new()
    {
        Id = UpdateStepIds.Prefix + "limits",
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of(
            (Changes, LimitChange.Encode(changes)),
            (V2GroupHandler.Mount, enable?.Mount),
            (GroupStep.Path, enable?.Path),
            (V2GroupHandler.Controllers, enable?.Controllers)),
        Why = "limits that the running container gets",
        ManPage = "cgroups(7)",
        Shell = string.Join("; ", changes.Select(c => $"echo {c.Write.Value} > {c.Directory}/{c.Write.File.Split('|')[0]}")),
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        if (step.Arguments.Find(V2GroupHandler.Controllers) is { } controllers)
        {
            V2GroupHandler.Create(step.Arguments[V2GroupHandler.Mount], step.Arguments[GroupStep.Path], controllers, []);
        }

        foreach (var change in LimitChange.Decode(step.Arguments[Changes]))
        {
            if (Write(change, change.Write.Value, out var path) is not Errno.Success and var errno && !(errno == Errno.ENOENT && change.Write.Optional))
            {
                throw GroupErrors.Write(path, change.Write.Value, errno);
            }
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        foreach (var change in LimitChange.Decode(step.Arguments[Changes]).Reverse())
        {
            if (change.Before is { } before && Write(change, before, out var path) is not (Errno.Success or Errno.ENOENT or Errno.ENODEV) and var errno)
            {
                throw GroupErrors.Write(path, before, errno);
            }
        }
    }

    private static Errno Write(LimitChange change, string value, out string path)
    {
        var errno = Errno.ENOENT;
        path = change.Directory;
        foreach (var name in change.Write.File.Split('|'))
        {
            path = $"{change.Directory}/{name}";
            errno = CgroupFiles.TryWrite(path, BlkioController.Scaled(name, value));
            if (errno != Errno.ENOENT)
            {
                break;
            }
        }

        return errno;
    }
}
