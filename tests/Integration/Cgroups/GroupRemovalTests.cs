using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>That nothing of a container's groups stays, whatever its processes did in them.</summary>
public sealed class GroupRemovalTests
{
    [Fact]
    public void Undo_removes_the_groups_and_their_parent_and_can_be_repeated()
    {
        var group = new PlannedGroup().Apply();
        group.Undo(group.Receipt);
        group.Undo(group.Receipt);
        group.Undo();

        Assert.All(group.Directories, d => Assert.False(Directory.Exists(Path.GetDirectoryName(d))));
    }

    [Fact]
    public void Undo_removes_half_made_groups_without_a_receipt()
    {
        var group = new PlannedGroup();
        Directory.CreateDirectory(group.Directories[^1]);
        group.Undo();

        AssertGone(group);
    }

    [Fact]
    public void Undo_kills_what_is_still_in_the_groups()
    {
        var group = new PlannedGroup().Apply();
        using var process = group.Start("echo in; exec sleep 1000");
        process.WaitForOutput("in");
        group.Undo();

        process.Wait().ShouldExit(137);
        AssertGone(group);
    }

    [Fact]
    public void Undo_removes_groups_that_a_container_made_inside_its_own()
    {
        var group = new PlannedGroup().Apply();
        var nested = group.Directories.SelectMany(d => (string[])[$"{d}/a", $"{d}/a/b", $"{d}/c"]).ToList();
        nested.ForEach(d => Directory.CreateDirectory(d));
        var file = group.IsV1 ? "tasks" : "cgroup.procs";
        var enter = string.Join("; ", nested.Where(d => d.EndsWith('b')).Select(d => $"echo 0 > {d}/{file}"));
        using var process = group.Start($"{enter}; echo in; exec sleep 1000");
        process.WaitForOutput("in");
        group.Undo();

        process.Wait().ShouldExit(137);
        AssertGone(group);
    }

    [Fact]
    public void Undo_outruns_a_fork_bomb()
    {
        var group = new PlannedGroup(new() { PidsLimit = 100 }).Apply();
        using var bomb = group.Start("f() { f & f & wait; }; echo armed; f");
        bomb.WaitForOutput("armed");
        Eventually.True(() => int.Parse(group.Read("pids.current", "pids.current")) > 50, "the bomb is at work");
        group.Undo();

        AssertGone(group);
    }

    [Fact]
    public void Containers_that_come_and_go_at_once_do_not_trip_over_their_common_parent() =>
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (var i = 0; i < 25; i++)
            {
                var group = new PlannedGroup(new() { CpusetCpus = "0" }).Apply();
                group.Undo(group.Receipt);
                AssertGone(group);
            }
        });

    [Fact]
    public void A_given_parent_goes_only_if_it_was_made_for_the_container()
    {
        var parent = $"minidock-test-{Environment.ProcessId}";
        var made = new PlannedGroup(change: s => s with { CgroupParent = parent + "/deep" }).Apply();
        var second = new PlannedGroup(change: s => s with { CgroupParent = parent + "/deep" }).Apply();
        second.Undo(second.Receipt);
        Assert.All(made.Directories, d => Assert.True(Directory.Exists(d)));
        made.Undo(made.Receipt);
        Assert.All(made.Directories, d => Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(d)))));

        var kept = made.Directories.Select(d => Path.GetDirectoryName(d)!).ToList();
        kept.ForEach(d => Directory.CreateDirectory(d));
        using (new PlannedGroup(change: s => s with { CgroupParent = parent + "/deep" }).Apply())
        {
        }

        Assert.All(kept, d => Assert.True(Directory.Exists(d)));
        kept.ForEach(d => HostCommand.Run("rmdir", d, Path.GetDirectoryName(d)!).ShouldSucceed());
    }

    private static void AssertGone(PlannedGroup group) => Assert.All(group.Directories, d => Assert.False(Directory.Exists(d), d));
}
