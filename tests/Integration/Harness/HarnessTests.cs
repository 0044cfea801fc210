using MiniDock.Abstractions.Providers;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>The harness itself: a leak check that sees nothing would pass everything.</summary>
public sealed class HarnessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-test-").FullName;

    [Fact]
    public void An_untouched_host_shows_no_difference() =>
        Assert.Equal("", HostSnapshot.Take(_directory).DifferenceTo(HostSnapshot.Take(_directory)));

    [Theory]
    [InlineData("link", "ip link add leak0 type bridge", "ip link delete leak0")]
    [InlineData("mount", "mkdir -p {0}/m && mount -t tmpfs leak {0}/m", "umount {0}/m")]
    [InlineData("network namespace", "ip netns add leak", "ip netns delete leak")]
    [InlineData("nft", "nft add table inet leak", "nft delete table inet leak")]
    [InlineData("file", "mkdir -p {0}/run/containers && touch {0}/run/containers/x", "rm -r {0}/run/containers")]
    [InlineData("loop device", "truncate -s 1M {0}/l && losetup -f {0}/l", "losetup -d $(losetup -nO NAME -j {0}/l) && rm {0}/l")]
    public void A_leak_is_seen_and_so_is_its_end(string kind, string leak, string undo)
    {
        var before = HostSnapshot.Take(_directory);
        HostCommand.Shell(leak.Replace("{0}", _directory, StringComparison.Ordinal));
        var difference = before.DifferenceTo(HostSnapshot.Take(_directory));
        HostCommand.Shell(undo.Replace("{0}", _directory, StringComparison.Ordinal));

        Assert.Contains($"+ {kind}: ", difference);
        Assert.True(
            Eventually.Holds(() => before.DifferenceTo(HostSnapshot.Take(_directory)).Length == 0, RunningCommand.DefaultTimeOut),
            before.DifferenceTo(HostSnapshot.Take(_directory)));
    }

    [Fact]
    public void A_group_of_a_container_without_processes_is_a_leak()
    {
        var before = HostSnapshot.Take(_directory);
        var parent = $"minidock-{new EnginePaths(Path.Combine(_directory, "root"), "").InstanceTag}";
        var group = Directory.CreateDirectory(Path.Combine(HostCgroups.MountPoints().First(), parent, $"{Guid.NewGuid():n}")).FullName;
        var difference = before.DifferenceTo(HostSnapshot.Take(_directory));
        HostCommand.Run("rmdir", group, Path.GetDirectoryName(group)!).ShouldSucceed();
        Assert.Contains($"+ cgroup: {group}", difference);
    }

    [Fact]
    public void A_process_in_another_mount_namespace_is_seen_by_the_mount_it_sees()
    {
        var before = HostSnapshot.Take(_directory);
        using (var orphan = RunningCommand.Start(
            "unshare", ["--mount", "sh", "-c", $"mount -t tmpfs x {_directory} && echo ready && exec sleep 1000"]))
        {
            orphan.WaitForOutput("ready");
            Assert.Contains("+ process: ", before.DifferenceTo(HostSnapshot.Take(_directory)));
        }

        Assert.Equal("", before.DifferenceTo(HostSnapshot.Take(_directory)));
    }

    [Fact]
    public void A_command_that_hangs_is_killed_with_its_descendants_and_told()
    {
        using var hanging = RunningCommand.Start("sh", ["-c", "echo started; sleep 1000 & sleep 1000"]);
        hanging.WaitForOutput("started");
        var failure = Assert.ThrowsAny<Exception>(() => hanging.Wait(TimeSpan.FromMilliseconds(1)));
        Assert.Contains("did not end", failure.Message);
        Assert.Contains("started", failure.Message);
        Assert.True(hanging.HasExited);
    }

    [Fact]
    public void The_outside_world_answers_the_host()
    {
        using var outside = new OutsideWorld();
        HostCommand.Run("ping", "-c", "1", "-W", "20", outside.Address).ShouldSucceed();
    }

    /// <inheritdoc/>
    public void Dispose() => HostCommand.Run("rm", "-rf", "--one-file-system", _directory).ShouldSucceed();
}
