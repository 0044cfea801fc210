using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>The control groups of running containers, read through whichever provider made them.</summary>
public sealed class RunningGroups(ProviderSet providers, HostFacts host, EnginePaths paths)
{
    /// <summary>The host.</summary>
    public HostFacts Host => host;

    /// <summary>Path of a container's group below the root of each hierarchy, or null where it has none.</summary>
    public string? PathOf(Container container) => Provider(container).PathOf(new CgroupRequest(container.Spec, host, paths));

    /// <summary>The directories of a group by the names of their controllers.</summary>
    public IReadOnlyList<(string Controllers, string Directory)> Directories(Container container, string path) => Provider(container).Directories(host, path);

    /// <summary>What a group uses, which need not be the container's own but may be one above it.</summary>
    public CgroupUsage UsageOf(Container container, string path) => Provider(container).ReadUsage(host, path);

    /// <summary>What a container uses. What its groups do not count is summed up from its processes.</summary>
    public CgroupUsage UsageOf(Container container)
    {
        var usage = PathOf(container) is { } path ? UsageOf(container, path) : new CgroupUsage();
        if (usage is { CpuNanoseconds: not null, BlockReadBytes: not null, Pids: not null, MemoryBytes: not null })
        {
            return usage;
        }

        var sum = ProcessSum.Of(ProcessesOf(container));
        return usage with
        {
            CpuNanoseconds = usage.CpuNanoseconds ?? sum.CpuNanoseconds,
            MemoryBytes = usage.MemoryBytes ?? sum.ResidentBytes,
            Pids = usage.Pids ?? sum.Threads,
            BlockReadBytes = usage.BlockReadBytes ?? sum.ReadBytes,
            BlockWriteBytes = usage.BlockWriteBytes ?? sum.WrittenBytes,
        };
    }

    /// <summary>The limits of a running container.</summary>
    public IReadOnlyList<CgroupLimit> LimitsOf(Container container)
    {
        if (PathOf(container) is not { } path)
        {
            return [];
        }

        // On version 1 processor time is counted by a controller of its own, in which the container has no group.
        List<CgroupLimit> limits = [.. Provider(container).ReadLimits(host, path).Select(limit => limit is { Unit: CgroupLimitUnit.Processors, Used: null }
            ? limit with { Used = UsageOf(container).CpuNanoseconds?.ToString(CultureInfo.InvariantCulture) }
            : limit)];
        limits.AddRange(Settings(container, path).Where(s => !limits.Exists(l => l.File == s.File)));
        return limits;
    }

    /// <summary>Ids on the host of a container's processes, lowest first: those of its groups, or of its pid namespace where it has no group.</summary>
    public IReadOnlyList<int> ProcessesOf(Container container)
    {
        var directory = PathOf(container) is { } path ? Directories(container, path).Select(d => d.Directory).FirstOrDefault() : null;
        return directory is not null ? [.. ProcessFiles.InTree(directory).Order()] : [.. ProcessFiles.InNamespaceOf(container.State.Pid).Order()];
    }

    // The files that the user named.
    private IEnumerable<CgroupLimit> Settings(Container container, string path)
    {
        foreach (var setting in container.Spec.Resources.Unified)
        {
            var file = Directories(container, path).Select(d => $"{d.Directory}/{setting.File}").FirstOrDefault(File.Exists);
            if (file is not null)
            {
                yield return new CgroupLimit(setting.File, file, File.ReadAllText(file).Trim().Replace('\n', ','), null);
            }
        }
    }

    private ICgroupProvider Provider(Container container) =>
        providers.Cgroup(container.Spec.CgroupDriver, host) ?? throw new EngineException($"cgroup driver {container.Spec.CgroupDriver}: unknown");
}
