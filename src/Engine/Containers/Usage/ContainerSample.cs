using System.Diagnostics;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>What a container uses at one instant.</summary>
/// <param name="Container">The container.</param>
/// <param name="Usage">From its groups and processes; all null where it does not run.</param>
/// <param name="Network">What went over its links.</param>
/// <param name="Timestamp">When, by <see cref="Stopwatch"/>.</param>
public sealed record ContainerSample(Container Container, CgroupUsage Usage, NetworkCounters Network, long Timestamp)
{
    /// <summary>Takes a sample.</summary>
    public static ContainerSample Take(Container container, RunningGroups groups)
    {
        if (!container.IsRunning)
        {
            return new ContainerSample(container, new CgroupUsage(), default, Stopwatch.GetTimestamp());
        }

        // Links of the host are not the container's.
        var sharesHost = container.Spec.Namespaces.Any(n => n is { Type: NamespaceType.Network, Mode: NamespaceMode.Host }) || container.Spec.Networks.Any(n => n.Provider == "host");
        var usage = groups.UsageOf(container);
        return new ContainerSample(container, usage, sharesHost ? default : NetworkCounters.Of(container.State.Pid), Stopwatch.GetTimestamp());
    }

    /// <summary>Processor time since an earlier sample in per cent of one processor; 0 where there is none of the same run.</summary>
    public double CpuPercentSince(ContainerSample? earlier)
    {
        if (earlier is null || earlier.Container.State.Pid != Container.State.Pid || earlier.Timestamp >= Timestamp)
        {
            return 0;
        }

        var nanoseconds = (Usage.CpuNanoseconds ?? 0) - (earlier.Usage.CpuNanoseconds ?? 0);
        return Math.Max(0, nanoseconds) / Stopwatch.GetElapsedTime(earlier.Timestamp, Timestamp).TotalNanoseconds * 100;
    }
}
