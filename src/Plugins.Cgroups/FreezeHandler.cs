using System.Diagnostics;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Freezes all processes of a container, also those in groups below its own: the freezer of version 1 (freezer-subsystem.rst), cgroup.freeze
/// of version 2 (Linux 5.2). Undoing it lets them go on.</summary>
internal sealed class FreezeHandler : IStepHandler
{
    private const string StepKind = "cgroup.freeze";
    private const string Directory = "directory";
    private const string Version = "version";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    /// <remarks>On version 1 not even SIGKILL reaches a frozen process.</remarks>
    public bool HoldsProcesses => true;

    /// <summary>The step.</summary>
    /// <param name="directory">The container's group.</param>
    /// <param name="version">Whose files it has.</param>
    public static PlanStep Plan(string directory, CgroupVersion version) => new()
    {
        Id = StepKind,
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of((Directory, directory), (Version, version == CgroupVersion.V1 ? "1" : "2")),
        Why = "no process of the container runs until it is unpaused",
        ManPage = version == CgroupVersion.V1 ? "freezer-subsystem.rst" : "cgroup-v2.rst",
        Shell = version == CgroupVersion.V1 ? $"echo FROZEN > {directory}/freezer.state" : $"echo 1 > {directory}/cgroup.freeze",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var clock = Stopwatch.StartNew();
        for (var pause = 1; ; pause = Math.Min(pause * 2, 20))
        {
            // Again each time: on version 1 a fork may have slipped through, and the state then stays at FREEZING.
            if (Write(step, frozen: true) is not Errno.Success and var errno)
            {
                throw GroupErrors.Write(File(step), IsV1(step) ? "FROZEN" : "1", errno);
            }

            if (IsFrozen(step))
            {
                return StepValues.Empty;
            }

            if (clock.Elapsed > Patience)
            {
                Write(step, frozen: false);
                throw new EngineException(
                    new LinuxException("freeze", step.Arguments[Directory], Errno.EBUSY).Message,
                    "a process waits for a device or a server and cannot be stopped where it is: its state is D in top");
            }

            Thread.Sleep(pause);
        }
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (Write(step, frozen: false) is not (Errno.Success or Errno.ENOENT or Errno.ENODEV) and var errno)
        {
            throw GroupErrors.Write(File(step), IsV1(step) ? "THAWED" : "0", errno);
        }
    }

    private static bool IsV1(PlanStep step) => step.Arguments[Version] == "1";

    private static string File(PlanStep step) => step.Arguments[Directory] + (IsV1(step) ? "/freezer.state" : "/cgroup.freeze");

    private static Errno Write(PlanStep step, bool frozen) =>
        CgroupFiles.TryWrite(File(step), IsV1(step) ? (frozen ? "FROZEN" : "THAWED") : (frozen ? "1" : "0"));

    private static bool IsFrozen(PlanStep step) => IsV1(step)
        ? CgroupFiles.TryRead(File(step)) == "FROZEN"
        : CgroupFiles.Counter(CgroupFiles.TryRead(step.Arguments[Directory] + "/cgroup.events"), "frozen") == 1;
}
