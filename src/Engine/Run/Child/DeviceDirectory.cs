using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans the nodes and links of /dev.</summary>
internal static class DeviceDirectory
{
    private static readonly string[] Always = ["null", "zero", "full", "random", "urandom", "tty"];

    private static readonly string[] Links =
    [
        "fd /proc/self/fd", "stdin /proc/self/fd/0", "stdout /proc/self/fd/1", "stderr /proc/self/fd/2", "ptmx pts/ptmx", "core /proc/kcore",
    ];

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, HostFacts host)
    {
        if (spec.Mounts.Any(m => m.Target.TrimEnd('/') == "/dev"))
        {
            yield break;
        }

        foreach (var name in Always)
        {
            yield return Node($"/dev/{name}", $"/dev/{name}", "a device that every program expects", "666");
        }

        // Links into a masked file help nobody: docker's /dev/core only where /proc/kcore can be read.
        var links = spec.Security.Privileged ? Links : Links[..^1];
        yield return new PlanStep
        {
            Id = EngineStepKinds.Links,
            Phase = PlanPhase.Child,
            Kind = EngineStepKinds.Links,
            Arguments = StepValues.Of(("links", string.Join('\n', links))),
            Why = "names that every program expects",
            ManPage = "symlink(7)",
            Shell = "ln -s /proc/self/fd $ROOT/dev/fd; …",
        };
        if (spec.Process.Terminal)
        {
            yield return new PlanStep
            {
                Id = EngineStepKinds.Console,
                Phase = PlanPhase.Child,
                Kind = EngineStepKinds.Console,
                Arguments = StepValues.Of(("target", "/dev/console")),
                Why = "its terminal, by a path that it can open",
                ManPage = "pty(7)",
                Shell = "mount --bind $TTY $ROOT/dev/console",
            };
        }
    }

    /// <summary>The devices that were asked for, after the mounts, which may hold their places.</summary>
    public static IEnumerable<PlanStep> PlanDevices(ContainerSpec spec)
    {
        if (spec.Security.Privileged)
        {
            yield return new PlanStep
            {
                Id = EngineStepKinds.AllDevices,
                Phase = PlanPhase.Child,
                Kind = EngineStepKinds.AllDevices,
                Why = "--privileged gives all devices of the host",
                ManPage = "mknod(2)",
            };
        }

        foreach (var device in spec.Devices)
        {
            yield return Node(device.Source, device.Target, "--device");
        }
    }

    private static PlanStep Node(string source, string target, string why, string? mode = null) => new()
    {
        Id = $"{EngineStepKinds.Device}.{target.Trim('/').Replace('/', '.')}",
        Phase = PlanPhase.Child,
        Kind = EngineStepKinds.Device,
        Arguments = StepValues.Of(("source", source), ("target", target), ("mode", mode)),
        Why = why,
        ManPage = "mknod(2)",
        Shell = $"cp -a {source} $ROOT{target}",
    };
}
