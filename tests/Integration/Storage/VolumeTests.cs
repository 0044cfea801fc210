using System.Text.Json;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Storage;

/// <summary>Each test removes the volumes that it has made: what is left in the store would be the next test's.</summary>
public sealed class VolumeTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private string Volumes => Path.Combine(Engine.Root, "volumes");

    [Fact]
    public void What_is_written_to_a_volume_is_there_for_the_next_container_and_read_only_is_read_only()
    {
        Engine.RunRm("-v", "data:/data", "busybox", "sh", "-c", "echo kept > /data/file");
        Assert.Equal("data", Engine.Run("volume", "ls", "-q").ShouldSucceed().Text);
        var outcome = Engine.Run(
            "run", "--rm", "-v", "data:/a:ro,noexec", "--mount", "type=volume,src=data,dst=/b,readonly", "--volume", "data:/c", "busybox",
            "sh", "-c", "cat /a/file /b/file; touch /a/x; touch /b/x; touch /c/x && ls /a; grep -c ' /a ro,noexec' /proc/mounts; grep ' /a ' /proc/mounts | cut -d' ' -f4 | cut -d, -f1,2");
        Assert.Equal(["kept", "kept", "file", "x"], outcome.Lines[..4]);
        Assert.Equal("ro,noexec", outcome.Lines[^1]);
        Assert.Equal(2, outcome.Stderr.Split("Read-only file system").Length - 1);
        Engine.Run("volume", "rm", "data").ShouldSucceed();
    }

    [Fact]
    public void A_volume_is_filled_from_the_image_with_owners_and_modes_when_it_is_first_used_and_never_again()
    {
        Build("odd", "mkdir -p /srv/in/deep /out; echo one > /srv/in/deep/file; chown 7:8 /srv/in /srv/in/deep/file; chmod 2751 /srv/in; chmod 640 /srv/in/deep/file; ln -s /etc/passwd /srv/in/link; echo secret > /out/file; ln -s /out /srv/in/away");
        var listing = Engine.RunRm("-v", "odd:/srv/in", "odd", "sh", "-c", "stat -c '%n %u:%g %a %F' /srv/in /srv/in/deep/file /srv/in/link; cat /srv/in/deep/file");
        Assert.Equal(["/srv/in 7:8 2751 directory", "/srv/in/deep/file 7:8 640 regular file", "/srv/in/link 0:8 777 symbolic link", "one"], listing.Lines);

        // Links are copied as links: nothing of what they lead to.
        Assert.Equal("/out", new FileInfo(Path.Combine(Volumes, "odd", "_data", "away")).LinkTarget);
        Engine.RunRm("-v", "odd:/srv/in", "odd", "rm", "/srv/in/deep/file");
        Assert.Equal("", Engine.RunRm("-v", "odd:/srv/in", "odd", "ls", "/srv/in/deep").Text);

        // Through a link in the image that leads out of its root, and not at all.
        Build("crooked", "rm -rf /srv; ln -s ../../../../../../etc /srv");
        Assert.Equal("passwd", Engine.RunRm("-v", "empty:/srv", "crooked", "sh", "-c", "ls /srv/ | grep -x passwd || ls /etc | grep -x passwd").Text);
        Assert.Equal("", Engine.RunRm("-v", "plain:/srv/in:nocopy", "odd", "ls", "/srv/in").Text);
        Engine.Run("volume", "prune", "-fa").ShouldSucceed();
        Engine.Run("rmi", "odd", "crooked").ShouldSucceed();
    }

    [Fact]
    public void A_copy_that_was_cut_short_is_done_again()
    {
        Engine.Run("volume", "create", "half").ShouldSucceed();
        File.WriteAllText(Path.Combine(Volumes, "half", "copying"), "");
        File.WriteAllText(Path.Combine(Volumes, "half", "_data", "passwd"), "roo");
        Assert.StartsWith("root:", Engine.RunRm("-v", "half:/etc", "busybox", "cat", "/etc/passwd").Text);
        Assert.False(File.Exists(Path.Combine(Volumes, "half", "copying")));
        Engine.Run("volume", "rm", "half").ShouldSucceed();
    }

    [Fact]
    public void A_volume_without_a_name_goes_with_rm_and_with_rm_v_and_else_stays_until_prune()
    {
        Build("declares", "mkdir /var/own; echo own > /var/own/file", "--change", "VOLUME /var/own");
        Assert.Equal("own", Engine.RunRm("-v", "/scratch", "declares", "cat", "/var/own/file").Text);
        Assert.Empty(Engine.Run("volume", "ls", "-q").Lines);

        Engine.Run("create", "--name", "keeps", "-v", "named:/n", "declares", "true").ShouldSucceed();
        var anonymous = Engine.Run("volume", "ls", "-q").Lines.Single(v => v.Length == 64);
        Assert.Equal("true", Engine.Run("inspect", "-f", "{{range .Mounts}}{{if eq .Name \"" + anonymous + "\"}}{{.RW}}{{end}}{{end}}", "keeps").Text);
        Engine.Run("create", "--name", "other", "declares", "true").ShouldSucceed();
        Engine.Run("rm", "-v", "keeps").ShouldSucceed();
        Assert.DoesNotContain(anonymous, Engine.Run("volume", "ls", "-q").Lines);
        Engine.Run("rm", "other").ShouldSucceed();
        Assert.Equal(2, Engine.Run("volume", "ls", "-q").Lines.Length);
        Assert.Contains("Deleted Volumes:", Engine.Run("volume", "prune", "-f").ShouldSucceed().Stdout);
        Assert.Equal(["named"], Engine.Run("volume", "ls", "-q").Lines);
        Engine.Run("volume", "rm", "named").ShouldSucceed();
        Engine.Run("rmi", "declares").ShouldSucceed();
    }

    [Fact]
    public void A_volume_that_a_container_has_is_not_removed_and_the_error_names_the_container()
    {
        Engine.Run("create", "--name", "holder", "-v", "held:/data", "busybox", "true").ShouldSucceed();
        var refused = Engine.Run("volume", "rm", "held").ShouldExit(1);
        Assert.Contains("volume held: EBUSY (in use by holder (", refused.Stderr);
        Assert.Equal("held", Engine.Run("volume", "ls", "-q", "--filter", "dangling=false").Text);
        Engine.Run("rm", "holder").ShouldSucceed();

        // One that runs and goes with its run is not in the store from its first moment on.
        using (var running = Engine.Start("run", "--rm", "-i", "-v", "held:/data", "busybox", "sh", "-c", "echo up; read line"))
        {
            running.WaitForOutput("up");
            Assert.Contains("EBUSY", Engine.Run("volume", "rm", "held").ShouldExit(1).Stderr);
            running.CloseStdin();
            running.Wait();
        }

        Engine.Run("volume", "rm", "held").ShouldSucceed();
        Assert.Contains("volume held: ENOENT (no such volume)", Engine.Run("volume", "rm", "held").ShouldExit(1).Stderr);
        Engine.Run("volume", "rm", "-f", "held").ShouldSucceed();
    }

    [Fact]
    public void Containers_that_start_at_once_with_a_new_volume_share_one_that_was_filled_once()
    {
        var starts = Enumerable.Range(0, 6).Select(i => Engine.Start("run", "--rm", "-v", "race:/etc", "busybox", "sh", "-c", $"grep -q ^root: /etc/passwd && touch /etc/by{i}")).ToList();
        foreach (var start in starts)
        {
            start.Wait().ShouldSucceed();
            start.Dispose();
        }

        var files = Directory.EnumerateFiles(Path.Combine(Volumes, "race", "_data")).Select(Path.GetFileName).ToList();
        Assert.Equal(6, files.Count(f => f!.StartsWith("by", StringComparison.Ordinal)));
        Engine.Run("volume", "rm", "race").ShouldSucceed();
    }

    [Fact]
    public void A_volume_with_a_size_holds_no_more_and_its_device_goes_with_the_last_user()
    {
        Engine.Run("volume", "create", "--size", "16M", "--fs", "ext4", "small").ShouldSucceed();
        Engine.Run("run", "-d", "--name", "first", "-v", "small:/s", "busybox", "sleep", "600").ShouldSucceed();
        var second = Engine.Run("run", "--rm", "-v", "small:/s", "busybox", "sh", "-c", "dd if=/dev/zero of=/s/x bs=1M count=64; df -k /s | tail -1 | awk '{print $2}'");
        Assert.Contains("No space left", second.Stderr);
        Assert.InRange(int.Parse(second.Text), 12_000, 16_384);
        Assert.Equal("x", Engine.Run("exec", "first", "ls", "/s").ShouldSucceed().Text);
        Engine.Run("mount", "add", "small", "first:/again").ShouldSucceed();
        Engine.Run("mount", "rm", "first:/again").ShouldSucceed();
        Assert.Equal("x", Engine.Run("exec", "first", "ls", "/s").ShouldSucceed().Text);
        Engine.Run("rm", "-f", "first").ShouldSucceed();
        Engine.Run("volume", "rm", "small").ShouldSucceed();
        Assert.Contains("--fs needs --size", Engine.Run("volume", "create", "--fs", "ext4", "x").ShouldExit(1).Stderr);
    }

    [Fact]
    public void After_a_kill_of_the_engine_the_next_command_unmounts_a_volume_and_removes_one_without_a_name()
    {
        Engine.Run("volume", "create", "--size", "8M", "killed").ShouldSucceed();
        using (var running = Engine.Start("run", "--rm", "-i", "-v", "killed:/k", "-v", "/nameless", "busybox", "sh", "-c", "echo up; cat"))
        {
            running.WaitForOutput("up");
            Assert.Contains(HostMounts.PointsUnder(Volumes), p => p.EndsWith("killed/_data", StringComparison.Ordinal));
            running.Signal("KILL");
            running.Wait();
        }

        Engine.Run("ps").ShouldSucceed();
        Assert.Empty(HostMounts.PointsUnder(Volumes));
        Assert.Equal(["killed"], Engine.Run("volume", "ls", "-q").Lines);
        Engine.Run("volume", "rm", "killed").ShouldSucceed();
    }

    [Fact]
    public void A_volume_that_was_half_made_is_none_and_the_next_of_its_name_is_new()
    {
        Directory.CreateDirectory(Path.Combine(Volumes, "torn", "_data", "old"));
        Assert.Empty(Engine.Run("volume", "ls", "-q").Lines);
        Assert.Equal("", Engine.RunRm("-v", "torn:/t", "busybox", "ls", "/t").Text);
        Engine.Run("volume", "rm", "torn").ShouldSucceed();
    }

    [Fact]
    public void Options_of_mount_make_a_volume_of_a_tmpfs_or_of_a_directory_of_the_host()
    {
        var directory = Directory.CreateDirectory(Path.Combine(Scratch, "host-side")).FullName;
        Engine.Run("volume", "create", "-o", "type=none", "-o", $"device={directory}", "-o", "o=bind", "bound").ShouldSucceed();
        Engine.Run("volume", "create", "-o", "type=tmpfs", "-o", "device=tmpfs", "-o", "o=size=1m,noexec", "memory").ShouldSucceed();
        var outcome = Engine.RunRm("-v", "bound:/b", "-v", "memory:/m", "busybox", "sh", "-c", "echo seen > /b/file; grep ' /m ' /proc/mounts");
        Assert.Matches("^tmpfs /m tmpfs .*noexec.*size=1024k", outcome.Text);
        Assert.Equal("seen\n", File.ReadAllText(Path.Combine(directory, "file")));
        Engine.Run("volume", "rm", "bound", "memory").ShouldSucceed();
        Assert.True(File.Exists(Path.Combine(directory, "file")));
        Assert.Contains("a bind needs device=", Engine.Run("volume", "create", "-o", "o=bind", "x").ShouldExit(1).Stderr);
        Assert.Contains("no volume provider nobody", Engine.Run("volume", "create", "-d", "nobody", "x").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Another_containers_volumes_are_taken_over_read_only_where_asked()
    {
        Engine.Run("create", "--name", "source", "-v", "lent:/lent", "-v", $"{Scratch}:/bound", "-v", "/nameless", "busybox", "true").ShouldSucceed();
        var outcome = Engine.Run("run", "--rm", "--volumes-from", "source:ro", "busybox", "sh", "-c", "for d in /lent /bound /nameless; do touch $d/x; done");
        Assert.Equal(3, outcome.Stderr.Split("Read-only file system").Length - 1);
        Engine.RunRm("--volumes-from", "source", "busybox", "touch", "/lent/x", "/nameless/x");
        Assert.True(File.Exists(Path.Combine(Volumes, "lent", "_data", "x")));
        Assert.Contains("no such container", Engine.Run("run", "--rm", "--volumes-from", "nobody", "busybox", "true").ShouldExit(125).Stderr);
        Engine.Run("rm", "-v", "source").ShouldSucceed();
        Engine.Run("volume", "rm", "lent").ShouldSucceed();
        Assert.Empty(Engine.Run("volume", "ls", "-q").Lines);
    }

    [Fact]
    public void With_a_user_namespace_a_volume_has_the_containers_ids()
    {
        Engine.RunRm("--uidmap", "0:100000:65536", "-v", "mapped:/etc", "busybox", "sh", "-c", "test $(stat -c %u /etc/passwd) = 0 && touch /etc/new");
        Assert.Equal("0", HostCommand.Run("stat", "-c", "%u", Path.Combine(Volumes, "mapped", "_data", "new")).Text);
        Engine.Run("volume", "rm", "mapped").ShouldSucceed();
    }

    [Fact]
    public void Inspect_events_and_df_know_volumes_in_dockers_words()
    {
        Engine.Run("volume", "create", "--label", "a=b", "seen").ShouldSucceed();
        var before = DateTimeOffset.UtcNow;
        Engine.RunRm("-v", "seen:/s:ro", "busybox", "true");
        using (var json = JsonDocument.Parse(Engine.Run("volume", "inspect", "seen").ShouldSucceed().Stdout))
        {
            var volume = json.RootElement[0];
            Assert.Equal("seen", volume.GetProperty("Name").GetString());
            Assert.Equal("local", volume.GetProperty("Driver").GetString());
            Assert.Equal(Path.Combine(Volumes, "seen", "_data"), volume.GetProperty("Mountpoint").GetString());
            Assert.Equal("b", volume.GetProperty("Labels").GetProperty("a").GetString());
        }

        Assert.Matches(@"Local Volumes +1 +0 ", Engine.Run("system", "df").ShouldSucceed().Stdout);
        Assert.Equal("seen", Engine.Run("volume", "ls", "-q", "--filter", "label=a=b", "--filter", "name=se").Text);
        Engine.Run("volume", "rm", "seen").ShouldSucceed();
        var events = Engine.Run("events", "--since", before.AddSeconds(-1).ToUnixTimeSeconds().ToString(), "--until", "0s", "--filter", "type=volume", "--format", "{{.Action}} {{.Actor.ID}}").ShouldSucceed();
        Assert.Equal(["mount seen", "unmount seen", "destroy seen"], events.Lines.Where(l => l.EndsWith(" seen", StringComparison.Ordinal) && !l.StartsWith("create", StringComparison.Ordinal)));
    }

    // An image with what the script makes in busybox.
    private void Build(string name, string script, params string[] change)
    {
        Engine.Run("run", "--name", $"for-{name}", "busybox", "sh", "-c", script).ShouldSucceed();
        Engine.Run(["commit", .. change, $"for-{name}", name]).ShouldSucceed();
        Engine.Run("rm", $"for-{name}").ShouldSucceed();
    }
}
