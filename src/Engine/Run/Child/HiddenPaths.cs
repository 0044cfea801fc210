using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans what of /proc and /sys a container cannot see or cannot change.</summary>
internal static class HiddenPaths
{
    /// <summary>Files and directories that tell of the whole host.</summary>
    public static readonly string[] Masked =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
        "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",
    ];

    /// <summary>Parts of /proc that change the whole host.</summary>
    public static readonly string[] ReadOnly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, HostFacts host)
    {
        if (spec.Security.Privileged || spec.Security.UnmaskedPaths)
        {
            yield break;
        }

        yield return Step(EngineStepKinds.Mask, AllMasked(host), "parts of the kernel that tell of the whole host", "mount -t tmpfs -o ro,size=0 tmpfs $ROOT/proc/acpi; mount --bind /dev/null $ROOT/proc/kcore; …");
        yield return Step(EngineStepKinds.ReadOnlyPaths, ReadOnly, "parts of the kernel that change the whole host", "mount --bind -o ro $ROOT/proc/sys $ROOT/proc/sys; …");
    }

    /// <summary>The same, and a directory for each processor that a host has.</summary>
    public static string[] AllMasked(HostFacts host) => [.. Masked, .. Enumerable.Range(0, host.Processors).Select(n => $"/sys/devices/system/cpu/cpu{n}/thermal_throttle")];

    private static PlanStep Step(string kind, string[] paths, string why, string shell) => new()
    {
        Id = kind,
        Phase = PlanPhase.Child,
        Kind = kind,
        Arguments = StepValues.Of(("paths", string.Join('\n', paths))),
        Why = why,
        ManPage = "mount_setattr(2)",
        Shell = shell,
    };
}
