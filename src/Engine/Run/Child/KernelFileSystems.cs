using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans /proc, /sys, /dev and what is mounted in them.</summary>
internal static class KernelFileSystems
{
    private const string Quiet = "nosuid,nodev,noexec";

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, HostFacts host, IReadOnlyList<PlanStep> cgroups)
    {
        var taken = spec.Mounts.Select(m => m.Target.TrimEnd('/')).ToHashSet(StringComparer.Ordinal);
        return All(spec, host, cgroups).Where(step => !taken.Contains(step.Arguments["target"]) && !(taken.Contains("/dev") && step.Arguments["target"].StartsWith("/dev/", StringComparison.Ordinal)));
    }

    private static IEnumerable<PlanStep> All(ContainerSpec spec, HostFacts host, IReadOnlyList<PlanStep> cgroups)
    {
        var readOnly = spec.Security.Privileged ? "" : "ro,";
        yield return Mount("/proc", "proc", Quiet, null, "processes of its pid namespace", "proc(5)");
        yield return Mount("/dev", "tmpfs", "nosuid", "mode=755,size=65536k", "an empty /dev: no node of the image is trusted", "tmpfs(5)");
        yield return Mount("/dev/pts", "devpts", "nosuid,noexec", "newinstance,ptmxmode=0666,mode=0620,gid=5", "terminals of its own", "pts(4)");
        foreach (var step in SharedMemory(spec, host))
        {
            yield return step;
        }

        yield return Temporary("/tmp", "1777");
        yield return Temporary("/run", "755");
        yield return Mount("/sys", "sysfs", readOnly + Quiet, null, "devices as its network namespace sees them", "sysfs(5)");
        foreach (var step in ControlGroups.Plan(spec, host, cgroups, readOnly + Quiet))
        {
            yield return step;
        }
    }

    private static IEnumerable<PlanStep> SharedMemory(ContainerSpec spec, HostFacts host)
    {
        var shared = ChildNamespaces.ModeOf(spec, NamespaceType.Ipc) == NamespaceMode.Host;
        var size = spec.ShmSizeBytes.ToString(CultureInfo.InvariantCulture);
        yield return shared
            ? Bind("/dev/shm", Quiet, "shares the host's ipc namespace", "ipc_namespaces(7)")
            : Mount("/dev/shm", "tmpfs", Quiet, $"mode=1777,size={size}", "shared memory of its own", "shm_overview(7)");
        if (host.FileSystems.Contains("mqueue"))
        {
            yield return Mount("/dev/mqueue", "mqueue", Quiet, null, "message queues of its ipc namespace", "mq_overview(7)");
        }
    }

    // What an image has put there stays: some keep the directories of their services in /run.
    private static PlanStep Temporary(string target, string mode)
    {
        var step = Mount(target, "tmpfs", "nosuid,nodev", $"mode={mode}", "files that end with the run; left alone where the image has some", "tmpfs(5)");
        return step with { Arguments = step.Arguments.With("links", "yes").With("if", "empty") };
    }

    internal static PlanStep Mount(string target, string type, string flags, string? data, string why, string manPage) => new()
    {
        Id = $"child.mount.{target.Trim('/').Replace('/', '.')}",
        Phase = PlanPhase.Child,
        Kind = ChildStepKinds.Mount,

        // links=no: an image whose /dev or /proc is a link must not choose where the engine mounts.
        Arguments = StepValues.Of(("source", type), ("type", type), ("target", target), ("flags", flags), ("data", data), ("in", "root"), ("create", "dir"), ("links", "no")),
        Why = why,
        ManPage = manPage,
        Shell = $"mount -t {type} -o {flags}{(data is null ? "" : "," + data)} {type} $ROOT{target}",
    };

    internal static PlanStep Bind(string path, string flags, string why, string manPage) => new()
    {
        Id = $"child.mount.{path.Trim('/').Replace('/', '.')}",
        Phase = PlanPhase.Child,
        Kind = ChildStepKinds.Bind,
        Arguments = StepValues.Of(("source", path), ("target", path), ("in", "root"), ("create", "dir"), ("links", "no"), ("flags", flags)),
        Why = why,
        ManPage = manPage,
        Shell = $"mount --bind {path} $ROOT{path}",
    };
}
