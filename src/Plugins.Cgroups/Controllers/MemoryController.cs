using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Memory, swap, soft limit and swappiness (cgroup-v1/memory.rst, cgroup-v2.rst).</summary>
internal sealed class MemoryController : ICgroupController
{
    /// <summary>Docker's least limit: with less, the engine itself could not start the process.</summary>
    private const long MinimumBytes = 6L << 20;
    private const string OomControlFile = "memory.oom_control";
    private const string SwapLimitFile = "memory.memsw.limit_in_bytes";

    public string Name => "memory";

    public string UnifiedName => "memory";

    public string? AskedBy(ContainerSpec spec) => spec.Resources switch
    {
        { MemoryLimitBytes: not null } => "--memory",
        { MemorySwapBytes: not null } => "--memory-swap",
        { MemoryReservationBytes: not null } => "--memory-reservation",
        { MemoryHighBytes: not null } => "--memory-high",
        { MemorySwappiness: not null } => "--memory-swappiness",
        { OomKillDisable: true } => "--oom-kill-disable",
        _ => null,
    };

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (limits.MemoryLimitBytes is < MinimumBytes)
        {
            yield return new Problem($"memory limit {limits.MemoryLimitBytes}: ERANGE (less than 6 MiB)", "give at least --memory 6m");
        }

        if (limits.MemorySwapBytes is > 0 && limits.MemoryLimitBytes is null)
        {
            yield return new Problem("memory and swap limit: EINVAL (needs a memory limit too)", "--memory-swap is memory and swap together: give --memory as well");
        }

        if (limits.MemorySwapBytes is < -1 or 0)
        {
            yield return new Problem($"memory and swap limit {limits.MemorySwapBytes}: ERANGE", "give a size, or -1 for unlimited swap");
        }

        if (limits.MemorySwapBytes is > 0 && limits.MemorySwapBytes < limits.MemoryLimitBytes)
        {
            yield return new Problem(
                $"memory and swap limit {limits.MemorySwapBytes}: ERANGE (less than the memory limit {limits.MemoryLimitBytes})",
                "--memory-swap is memory and swap together: make it at least as large as --memory");
        }

        if (limits.MemoryReservationBytes is < 0)
        {
            yield return new Problem($"memory reservation {limits.MemoryReservationBytes}: ERANGE", null);
        }

        if (limits.MemoryReservationBytes > limits.MemoryLimitBytes)
        {
            yield return new Problem(
                $"memory reservation {limits.MemoryReservationBytes}: ERANGE (more than the memory limit {limits.MemoryLimitBytes})",
                "make --memory-reservation at most as large as --memory");
        }

        if (limits.MemorySwappiness is < 0 or > 100)
        {
            yield return new Problem($"memory swappiness {limits.MemorySwappiness}: ERANGE", "give a number from 0 to 100");
        }
        else if (version == CgroupVersion.V2 && limits.MemorySwappiness is > 0)
        {
            yield return new Problem(
                $"memory swappiness {limits.MemorySwappiness}: EOPNOTSUPP (cgroup version 2 has no swappiness per group)",
                "leave --memory-swappiness out, or use 0, which is held as memory.swap.max=0");
        }

        if (version == CgroupVersion.V1 && limits.MemoryHighBytes is not null)
        {
            yield return new Problem(
                $"memory high {limits.MemoryHighBytes}: EOPNOTSUPP (cgroup version 1 cannot slow a group down)",
                "leave --memory-high out: --memory-reservation is what version 1 has below --memory");
        }

        if (version == CgroupVersion.V2 && limits.OomKillDisable)
        {
            yield return new Problem(
                "oom kill disable: EOPNOTSUPP (cgroup version 2 always ends a process that gets no memory)",
                "leave --oom-kill-disable out: --memory-high slows the container down before --memory is reached");
        }

        if (version == CgroupVersion.V1 && limits.MemorySwapBytes is > 0 && !CountsSwap(request))
        {
            yield return new Problem(
                "memory and swap limit: EOPNOTSUPP (the kernel does not count swap)",
                "boot with swapaccount=1, or leave --memory-swap out");
        }
    }

    public IEnumerable<string> Notices(CgroupRequest request, CgroupVersion version)
    {
        if (version == CgroupVersion.V2 && request.Spec.Resources.MemorySwappiness == 0)
        {
            yield return "memory swappiness 0: cgroup version 2 has no swappiness per group, set memory.swap.max=0 instead";
        }
    }

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version) =>
        version == CgroupVersion.V1 ? V1(request.Spec.Resources) : V2(request.Spec.Resources);

    public string? Unlimited(CgroupWrite write) => write.File switch
    {
        "memory.limit_in_bytes" or SwapLimitFile or "memory.soft_limit_in_bytes" => "-1",
        "memory.max" or "memory.swap.max" or "memory.high" => "max",
        "memory.low" or OomControlFile => "0",
        _ => null,
    };

    // Memory first: the kernel holds memory <= memory and swap, and a new group starts with both unlimited.
    private static IEnumerable<CgroupWrite> V1(ResourceLimits limits)
    {
        if (limits.MemoryLimitBytes is { } memory)
        {
            yield return new("memory.limit_in_bytes", Text(memory));
            if (limits.MemorySwapBytes is null)
            {
                yield return new(SwapLimitFile, Text(Twice(memory)), Optional: true);
            }
        }

        if (limits.MemorySwapBytes is > 0 and var swap)
        {
            yield return new(SwapLimitFile, Text(swap));
        }

        if (limits.MemoryReservationBytes is { } reservation)
        {
            yield return new("memory.soft_limit_in_bytes", Text(reservation));
        }

        if (limits.MemorySwappiness is { } swappiness)
        {
            yield return new("memory.swappiness", Text(swappiness));
        }

        if (limits.OomKillDisable)
        {
            yield return new(OomControlFile, "1");
        }
    }

    // Version 2 counts swap alone, docker's flag memory and swap together.
    private static IEnumerable<CgroupWrite> V2(ResourceLimits limits)
    {
        if (limits.MemoryLimitBytes is { } memory)
        {
            yield return new("memory.max", Text(memory));
        }

        if (limits.MemoryReservationBytes is { } reservation)
        {
            yield return new("memory.low", Text(reservation));
        }

        if (limits.MemoryHighBytes is { } high)
        {
            yield return new("memory.high", Text(high));
        }

        if (limits.MemorySwappiness == 0)
        {
            yield return new("memory.swap.max", "0");
        }
        else if (limits.MemorySwapBytes is > 0 and var total)
        {
            yield return new("memory.swap.max", Text(total - (limits.MemoryLimitBytes ?? 0)));
        }
        else if (limits is { MemorySwapBytes: null, MemoryLimitBytes: { } swap })
        {
            yield return new("memory.swap.max", Text(swap), Optional: true);
        }
    }

    private static bool CountsSwap(CgroupRequest request) =>
        request.Host.Cgroups.V1Mounts.TryGetValue("memory", out var mount) && Linux.Files.Exists(Path.Combine(mount, SwapLimitFile));

    private static long Twice(long bytes) => bytes > long.MaxValue / 2 ? long.MaxValue : bytes * 2;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
