using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Snapshots;

public sealed class DiffTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Additions_changes_and_deletions_are_told_by_dockers_letters_and_the_rest_is_not()
    {
        RunToEnd("""
            mkdir -p /data/deep; echo x > /data/deep/file
            echo y > /etc/new; ln -s /nowhere /etc/link
            chmod 711 /root
            rm /bin/ls; rm -r /opt
            """);
        Assert.Equal(
            ["C /bin", "D /bin/ls", "A /data", "A /data/deep", "A /data/deep/file", "C /etc", "A /etc/link", "A /etc/new", "D /opt", "C /root"],
            Diff());
    }

    [Fact]
    public void A_directory_that_was_made_anew_hides_what_the_image_had_in_it()
    {
        RunToEnd("rm -r /var; mkdir -p /var/log; echo x > /var/other");
        Assert.Equal(["C /var", "D /var/lib", "A /var/other", "D /var/run", "D /var/tmp"], Diff().Where(l => l != "C /var/log"));
    }

    [Fact]
    public void A_directory_that_was_renamed_is_gone_here_and_all_new_there()
    {
        RunToEnd("mv /usr /moved");
        var lines = Diff();
        Assert.Contains("D /usr", lines);
        Assert.Contains("A /moved", lines);
        Assert.Contains("A /moved/bin/env", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("D /usr/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_the_place_of_a_directory_and_the_reverse_are_changes()
    {
        RunToEnd("rm -r /home; echo x > /home; rm /bin/ls; mkdir /bin/ls; touch /bin/ls/in");
        Assert.Equal(["C /bin", "C /bin/ls", "A /bin/ls/in", "C /home"], Diff());
    }

    [Fact]
    public void A_file_that_was_only_touched_by_being_copied_up_is_none()
    {
        // Opened for writing, and written with what it held, at its old time.
        RunToEnd("cp -p /bin/busybox /keep && touch -r /bin/busybox /stamp && cat /keep > /bin/busybox; touch -r /stamp /bin/busybox; rm /keep /stamp");
        Assert.DoesNotContain("C /bin/busybox", Diff());
    }

    [Fact]
    public void A_file_of_the_same_size_and_time_with_other_bytes_is_a_change()
    {
        RunToEnd("touch -r /bin/busybox /stamp; printf X | dd of=/bin/busybox bs=1 seek=1000000 conv=notrunc 2>/dev/null; touch -r /stamp /bin/busybox; rm /stamp");
        Assert.Contains("C /bin/busybox", Diff());
    }

    [Fact]
    public void A_running_container_and_one_that_never_ran_are_looked_at_too()
    {
        Run("c", "busybox", "sh", "-c", "touch /new; echo ready; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "c").Text == "ready", "the container wrote");
        Assert.Equal(["A /new"], Diff());
        Engine.Run("rm", "-f", "c").ShouldSucceed();
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "true").ShouldSucceed();
        Assert.Empty(Diff());
        Engine.Run("start", "-a", "c").ShouldSucceed();
    }

    [Fact]
    public void A_volume_is_no_part_of_it()
    {
        var volume = Directory.CreateDirectory(Path.Combine(Scratch, "volume")).FullName;
        Engine.Run("run", "--name", "c", "--net", "none", "-v", $"{volume}:/mnt", "busybox", "touch", "/mnt/in").ShouldSucceed();
        Assert.Empty(Diff());
    }

    [Fact]
    public void An_unknown_container_is_an_error_with_code_1() => Assert.Contains("no such container", Engine.Run("diff", "nobody").ShouldExit(1).Stderr);

    private void RunToEnd(string script) => Engine.Run("run", "--name", "c", "--net", "none", "busybox", "sh", "-ec", script).ShouldSucceed();

    private string[] Diff() => Engine.Run("diff", "c").ShouldSucceed().Lines;
}
