using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>What <c>update</c>'s flags make of a container that is there: what they do not name stays.</summary>
public static class SpecUpdate
{
    /// <summary>Changes limits and restart policy.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="flags">What was typed.</param>
    /// <param name="host">The host.</param>
    /// <exception cref="EngineException">Values are wrong, by themselves or beside what is set already; all are told; exit code 1.</exception>
    public static ContainerSpec Apply(ContainerSpec spec, RunFlags flags, HostFacts host)
    {
        var findings = new Findings();
        var limits = new LimitsReader(findings).Read(flags, host, spec.Resources.Devices, spec.Resources);
        var restart = spec.Restart;
        if (flags.Restart is { Length: > 0 })
        {
            restart = new LifeReader(findings).Restart(flags);
            if (spec.AutoRemove && restart.Name != RestartPolicy.No)
            {
                findings.Invalid("--restart", flags.Restart, "the container is removed when it ends", "it was made with --rm");
            }
        }

        return findings.Problems.Count == 0
            ? spec with { Resources = limits, Restart = restart }
            : throw EngineException.Of(findings.Problems, exitCode: 1);
    }
}
