using System.Diagnostics;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.V2;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Has systemd make a transient scope around the container's first process, which waits meanwhile. Undoing it removes the group with all in it.</summary>
internal sealed class ScopeHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cgroup.systemd";

    /// <summary>Argument: name of the unit.</summary>
    public const string Unit = "unit";

    /// <summary>Argument: name of the slice that is the container's own.</summary>
    public const string Slice = "slice";

    /// <summary>Argument: the scope's directory.</summary>
    public const string Directory = "directory";

    /// <summary>Argument: properties, see <see cref="UnitProperty.Encode"/>.</summary>
    public const string Properties = "properties";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var group = step.Arguments[Directory];
        using (var systemd = SystemdBus.Connect())
        {
            systemd.StartScope(step.Arguments[Unit], UnitProperty.Decode(step.Arguments[Properties]), context.Pid);
        }

        // The call queues a job; it is done when the kernel says where the process is.
        var clock = Stopwatch.StartNew();
        while (CgroupFiles.TryRead($"/proc/{context.Pid}/cgroup")?.EndsWith('/' + step.Arguments[Unit], StringComparison.Ordinal) != true)
        {
            if (clock.Elapsed > Patience)
            {
                throw new EngineException(new LinuxException("start unit", step.Arguments[Unit], Errno.ETIMEDOUT).Message, $"see: journalctl -u {step.Arguments[Unit]}");
            }

            Thread.Sleep(1);
        }

        V2GroupHandler.Fill(group, [.. CgroupWrite.Decode(step.Arguments.Find(GroupStep.Writes))]);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        GroupRemoval.Remove([step.Arguments[Directory]]);
        try
        {
            // An empty scope ends by itself; stopping it is for one whose job has not begun yet. A host without systemd has neither.
            using var systemd = SystemdBus.Connect();
            systemd.TryStop(step.Arguments[Unit]);
            systemd.TryStop(step.Arguments[Slice]);
            var clock = Stopwatch.StartNew();
            while (Files.Exists(Path.GetDirectoryName(step.Arguments[Directory])!) && clock.Elapsed < Patience)
            {
                Thread.Sleep(1);
            }
        }
        catch (EngineException) when (!Files.Exists(step.Arguments[Directory]))
        {
        }
    }
}
