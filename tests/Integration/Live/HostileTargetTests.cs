using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Live;

/// <summary>S5 on a running container: whoever lives there plays with the place of a mount that comes or goes.</summary>
public sealed class HostileTargetTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int LeastSwaps = 10_000;
    private const int LeastMounts = 20;

    [Fact]
    public void A_place_that_becomes_a_link_ten_thousand_times_lets_no_mount_out_of_the_container()
    {
        var canary = Directory.CreateDirectory(Path.Combine(Scratch, "canary")).FullName;
        File.WriteAllText(Path.Combine(canary, "file"), "untouched");
        Run("zion", "busybox", "sleep", "1000");
        var root = $"/proc/{ContainerView.Of(Engine, "zion").Pid}/root";
        Engine.Run("exec", "zion", "sh", "-c", $"mkdir -p /place {canary} && ln -s {canary} /link && ln -s /proc /way && ln -s /proc/sys /sys-link").ShouldSucceed();
        var (before, inside) = (HostMounts.Lines().ToList(), Mountinfo());
        var (swaps, done) = (0, false);
        var swapper = new Thread(() =>
        {
            using var directory = Files.Open(root, OpenFlags.Path | OpenFlags.Directory);
            while (!Volatile.Read(ref done))
            {
                Files.RenameAt2(directory, "place", directory, "link", RenameFlags.Exchange);
                swaps++;
            }
        });
        swapper.Start();
        try
        {
            for (var n = 0; n < LeastMounts || Volatile.Read(ref swaps) < LeastSwaps; n++)
            {
                Engine.Run("mount", "add", "-t", "tmpfs", "zion:/place").ShouldSucceed();
                Assert.Equal(before, HostMounts.Lines());
                Engine.Run("mount", "rm", "zion:/place").ShouldSucceed();
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            swapper.Join();
        }

        Assert.Equal("untouched", File.ReadAllText(Path.Combine(canary, "file")));
        Assert.Equal(inside, Mountinfo());
        Assert.Contains("nothing can be mounted over /proc", Engine.Run("mount", "add", "-t", "tmpfs", "zion:/way/sys").ShouldExit(1).Stderr);
        Assert.Contains("nothing can be mounted over /proc", Engine.Run("mount", "add", "-t", "tmpfs", "zion:/sys-link").ShouldExit(1).Stderr);
    }

    [Fact]
    public void A_mount_whose_directory_was_moved_is_found_and_nothing_else_is_unmounted()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("mount", "add", "-t", "tmpfs", "zion:/a/sys").ShouldSucceed();
        var before = Mountinfo();
        Engine.Run("exec", "zion", "sh", "-c", "mv /a /b && ln -s /proc /a").ShouldSucceed();

        Engine.Run("mount", "rm", "zion:/a/sys").ShouldSucceed();

        Assert.Equal(before.Count(l => !l.Contains(" /a/sys ", StringComparison.Ordinal)), Mountinfo().Length);
        Assert.Contains(Mountinfo(), l => l.Contains(" /proc/sys ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_of_the_mounts_in_a_foreign_namespace_keeps_nobody_from_removing_them()
    {
        var source = Directory.CreateDirectory(Path.Combine(Scratch, "held")).FullName;
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("mount", "add", source, "zion:/data").ShouldSucceed();
        var pid = ContainerView.Of(Engine, "zion").Pid;
        using var holder = RunningCommand.Start(
            "nsenter", ["-t", $"{pid}", "-m", "--", "/bin/busybox", "unshare", "-m", "sh", "-c", "cd /data; echo copied; exec sleep 1000"], RunningCommand.KeepOpen);
        holder.WaitForOutput("copied");

        Engine.Run("mount", "rm", "zion:/data").ShouldSucceed();
        Engine.Run("mount", "add", source, "zion:/data").ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        Assert.False(holder.HasExited);
    }

    private string[] Mountinfo() => Engine.Run("exec", "zion", "cat", "/proc/self/mountinfo").ShouldSucceed().Lines;
}
