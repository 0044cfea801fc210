using MiniDock.Abstractions.Model;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>The groups alone, on whichever version this host has.</summary>
public sealed class GroupTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Limits_are_in_the_files_of_the_kernel()
    {
        using var group = new PlannedGroup(new()
        {
            MemoryLimitBytes = 100 * Mebibyte, MemoryReservationBytes = 50 * Mebibyte, CpuQuotaMicroseconds = 50_000, CpuShares = 1024,
            CpusetCpus = "0", PidsLimit = 77,
        }).Apply();

        Assert.Empty(group.Problems);
        Assert.Equal($"{100 * Mebibyte}", group.Read("memory.limit_in_bytes", "memory.max"));
        Assert.Equal($"{50 * Mebibyte}", group.Read("memory.soft_limit_in_bytes", "memory.low"));
        Assert.Equal("77", group.Read("pids.max", "pids.max"));
        Assert.Equal("0", group.Read("cpuset.cpus", "cpuset.cpus"));
        Assert.Equal(group.IsV1 ? "50000" : "50000 100000", group.Read("cpu.cfs_quota_us", "cpu.max"));
        Assert.Equal(group.IsV1 ? "1024" : "100", group.Read("cpu.shares", "cpu.weight"));
    }

    [Fact]
    public void The_default_limit_of_processes_is_in_the_file_of_the_kernel()
    {
        using var group = new PlannedGroup().Apply();
        Assert.Equal("2048", group.Read("pids.max", "pids.max"));
    }

    [Fact]
    public void Swappiness_0_is_held()
    {
        using var group = new PlannedGroup(new() { MemorySwappiness = 0 }).Apply();
        Assert.Equal("0", group.Read("memory.swappiness", "memory.swap.max"));
    }

    [Fact]
    public void Only_the_devices_of_the_profile_can_be_opened()
    {
        using var group = new PlannedGroup(change: s => s with { Devices = [new DeviceSpec("/dev/kmsg", "/dev/kmsg", "w")] }).Apply();
        using var process = group.Start("head -c1 /dev/zero > /dev/null; : > /dev/kmsg; ! head -c1 /dev/kmsg 2>&1; ! cat /dev/mem 2>&1");

        var said = process.Wait().ShouldSucceed().Stdout.ToLowerInvariant();
        Assert.Contains("/dev/kmsg", said);
        Assert.Contains("/dev/mem", said);
        Assert.Contains("operation not permitted", said);
    }

    [Fact]
    public void A_privileged_container_can_open_any_device()
    {
        using var group = new PlannedGroup(change: s => s with { Security = new SecuritySpec { Privileged = true } }).Apply();
        using var process = group.Start("exec 3< /dev/kmsg");
        process.Wait().ShouldSucceed();
    }

    [Fact]
    public void A_kill_for_lack_of_memory_is_counted()
    {
        using var group = new PlannedGroup(new() { MemoryLimitBytes = 12 * Mebibyte, MemorySwapBytes = 12 * Mebibyte }).Apply();
        Assert.Equal(0, group.OomKills);
        using var hungry = group.Start("head -c 200m /dev/zero | tail > /dev/null");

        hungry.Wait().ShouldExit(137);
        Assert.True(group.OomKills > 0);
    }

    [Fact]
    public void The_limit_of_processes_holds()
    {
        using var group = new PlannedGroup(new() { PidsLimit = 5 }).Apply();
        using var forking = group.Start("i=0; while [ $i -lt 10 ]; do sleep 1000 > /dev/null 2>&1 & i=$((i + 1)); done");

        Assert.NotEqual(0, forking.Wait().ExitCode);
    }

    [Fact]
    public void A_second_root_of_the_same_host_keeps_its_groups_apart()
    {
        using var group = new PlannedGroup().Apply();
        Assert.All(group.Directories, d => Assert.Contains($"/minidock-{group.Paths.InstanceTag}/", d));
    }
}
