using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Live;

/// <summary><c>mount add</c>, <c>mount rm</c> and <c>mount ls</c> on running containers (CAPABILITIES rows 35, 37, 39).</summary>
public sealed class LiveMountTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int MaximumRecords = 50;

    [Fact]
    public void One_file_system_comes_into_two_running_containers_and_the_host_sees_none_of_it()
    {
        Start("zion", "moon", "mars");
        var before = HostMounts.Lines().ToList();
        Engine.Run("mount", "add", "-t", "tmpfs", "-o", "size=8m", "r1", "zion:/private", "moon:/deep/down/private:ro").ShouldSucceed();
        Inside("zion", "echo written > /private/file");
        Assert.Equal("written", Inside("moon", "cat /deep/down/private/file"));
        Assert.Equal("8192", Inside("moon", "df -k /deep/down/private | tail -n 1 | awk '{print $2}'"));
        Assert.Contains("Read-only file system", Engine.Run("exec", "moon", "touch", "/deep/down/private/x").Stderr);
        Assert.Equal(before, HostMounts.Lines());

        // It lives as long as one container has it, and goes to others by its name; flags are those of the place.
        Engine.Run("mount", "rm", "zion:/private").ShouldSucceed();
        Engine.Run("mount", "add", "r1", "mars:/r1").ShouldSucceed();
        Inside("mars", "echo again > /r1/file");
        Assert.Equal("again", Inside("moon", "cat /deep/down/private/file"));
        Assert.Equal(["moon:/deep/down/private", "mars:/r1"], Engine.Run("mount", "ls", "-q").ShouldSucceed().Lines.Order(StringComparer.Ordinal).Reverse());
        Engine.Run("rm", "-f", "moon", "mars").ShouldSucceed();
        Assert.Contains("ENOENT (no such volume)", Engine.Run("mount", "add", "r1", "zion:/private").ShouldExit(1).Stderr);
    }

    [Fact]
    public void A_path_comes_with_what_is_mounted_below_it_and_is_read_only_all_through_where_that_was_asked()
    {
        var source = Directory.CreateDirectory(Path.Combine(Scratch, "tree")).FullName;
        using var below = new HostMount(Path.Combine(source, "below"));
        File.WriteAllText(Path.Combine(below.Path, "file"), "below");
        Start("zion", "moon");

        Engine.Run("mount", "add", source, "zion:/data:ro,nosuid,noexec", "moon:/data").ShouldSucceed();

        Assert.Equal("below", Inside("zion", "cat /data/below/file"));
        foreach (var place in (string[])["/data/x", "/data/below/x"])
        {
            Assert.Contains("Read-only file system", Engine.Run("exec", "zion", "touch", place).ShouldExit(1).Stderr);
        }

        Inside("moon", "touch /data/x /data/below/x");
        Assert.All(
            Inside("zion", "grep ' /data' /proc/self/mountinfo").Split('\n'), line => Assert.Contains(" ro,nosuid,noexec", line));
        Assert.Equal("[/data false rprivate]", Inspect("zion", "{{range .Mounts}}[{{.Destination}} {{.RW}} {{.Propagation}}]{{end}}"));
        Engine.Run("mount", "rm", "zion:/data").ShouldSucceed();
        Assert.Equal("", Inside("zion", "ls /data"));
        Assert.Equal("", Inspect("zion", "{{range .Mounts}}{{.Destination}}{{end}}"));
    }

    [Fact]
    public void A_new_proc_shows_the_containers_processes_and_hides_what_its_first_one_hides()
    {
        Start("zion");
        Engine.Run("mount", "add", "-t", "proc", "zion:/proc2").ShouldSucceed();
        Engine.Run("mount", "add", "-t", "sysfs", "zion:/sys2").ShouldSucceed();
        Assert.Equal("sleep", Inside("zion", "cat /proc2/1/comm"));
        Assert.Equal(Inside("zion", "cat /proc/timer_list /proc/keys | wc -c"), Inside("zion", "cat /proc2/timer_list /proc2/keys | wc -c"));
        Assert.Contains("Read-only file system", Engine.Run("exec", "zion", "sh", "-c", "echo x > /proc2/sys/kernel/core_pattern").ShouldExit(1).Stderr);
        Assert.Equal("", Inside("zion", "ls /sys2/firmware"));
        Assert.Contains(" ro,nosuid,nodev,noexec", Inside("zion", "grep ' /sys2 ' /proc/self/mountinfo"));
        Assert.Equal("lo", Inside("zion", "ls /sys2/class/net"));
        Engine.Run("mount", "rm", "zion:/proc2", "zion:/sys2").ShouldSucceed();
        Assert.Equal("", Inside("zion", "ls /proc2 /sys2 | grep -v '^/' | grep . || true"));
    }

    [Fact]
    public void A_container_with_a_user_namespace_owns_what_is_made_for_it()
    {
        Run("zion", "--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536", "busybox", "sleep", "1000");
        Engine.Run("mount", "add", "-t", "tmpfs", "zion:/new/memory").ShouldSucceed();
        Engine.Run("mount", "add", "-t", "proc", "zion:/proc2").ShouldSucceed();
        Assert.Equal("0:0 0:0", Inside("zion", "touch /new/memory/file && stat -c %u:%g /new /new/memory/file | tr '\\n' ' '"));
        Assert.Equal("sleep", Inside("zion", "cat /proc2/1/comm"));
        Engine.Run("mount", "rm", "zion:/new/memory").ShouldSucceed();
    }

    [Fact]
    public void What_is_kept_is_there_after_a_restart_until_it_is_removed()
    {
        var source = Directory.CreateDirectory(Path.Combine(Scratch, "kept")).FullName;
        File.WriteAllText(Path.Combine(source, "file"), "kept");
        Start("zion");
        Engine.Run("mount", "add", "--persist", source, "zion:/kept").ShouldSucceed();
        Engine.Run("mount", "add", "--persist", "-t", "tmpfs", "-o", "size=1m", "zion:/memory").ShouldSucceed();
        Engine.Run("mount", "add", source, "zion:/once").ShouldSucceed();
        Assert.Equal(["live, kept", "live, kept", "live"], Engine.Run("mount", "ls", "--format", "{{.Given}}", "zion").Lines);

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();

        Assert.Equal("kept 1024", Inside("zion", "echo $(cat /kept/file) $(df -k /memory | tail -n 1 | awk '{print $2}')"));
        Assert.Equal(["zion:/kept", "zion:/memory"], Engine.Run("mount", "ls", "-q", "zion").Lines);
        Engine.Run("mount", "rm", "zion:/kept").ShouldSucceed();
        Assert.Equal("", Inside("zion", "ls /kept /once 2>/dev/null | grep -v '^/' | grep . || true"));
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal(["zion:/memory"], Engine.Run("mount", "ls", "-q", "zion").Lines);
    }

    [Fact]
    public void An_addition_cut_short_at_any_journal_record_is_there_or_not_as_inspect_says()
    {
        Start("zion");
        var record = 1;
        while (AddWithFault(record) != 0)
        {
            var outcome = Engine.Run("mount", "add", "--persist", "-t", "tmpfs", "zion:/place");
            Assert.True(outcome.ExitCode == 0 || outcome.Stderr.Contains("EEXIST (it has a mount there)", StringComparison.Ordinal), outcome.ToString());
            Assert.Equal("1", Inside("zion", "grep -c ' /place ' /proc/self/mountinfo"));
            Assert.Equal("/place", Inspect("zion", "{{range .Mounts}}{{.Destination}}{{end}}"));
            Engine.Run("mount", "rm", "zion:/place").ShouldSucceed();
            Assert.Equal("0", Inside("zion", "grep -c ' /place ' /proc/self/mountinfo || true"));
            Assert.Equal("", Inspect("zion", "{{range .Mounts}}{{.Destination}}{{end}}"));
            Assert.True(++record < MaximumRecords, "the addition never got past its records");
        }

        Assert.True(record > 4, $"only {record - 1} records: the fault was not met");
        AddWithFault(3, "/other");
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
    }

    [Fact]
    public void Where_one_container_cannot_have_it_none_has()
    {
        Start("zion", "moon");
        Engine.Run("pause", "moon").ShouldSucceed();
        Assert.Contains("container moon: EBUSY (is paused)", Engine.Run("mount", "add", "-t", "tmpfs", "r1", "zion:/private", "moon:/private").ShouldExit(1).Stderr);
        Assert.Equal("", Engine.Run("mount", "ls", "-q").ShouldSucceed().Text);
        Assert.Equal("0", Inside("zion", "grep -c ' /private ' /proc/self/mountinfo || true"));
        Engine.Run("unpause", "moon").ShouldSucceed();
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Start("zion");
        Engine.Run("create", "--net", "none", "--name", "idle", "busybox").ShouldSucceed();
        Told("container idle: ESRCH (is not running)", "add", Scratch, "idle:/data");
        Told("bind /none/such: ENOENT", "add", "/none/such", "zion:/data");
        Told("nothing can be mounted over /proc", "add", Scratch, "zion:/proc/sys");
        Told("ENODEV", "add", "-t", "nonesuch", "zion:/data");
        Told("no option of tmpfs", "add", "-t", "tmpfs", "-o", "size=much", "zion:/data");
        Told("no option rx", "add", Scratch, "zion:/data:rx");
        Told("ENOENT (not one that the container was given)", "rm", "zion:/data");
        Engine.Run("mount", "add", Scratch, "zion:/data").ShouldSucceed();
        Told("EEXIST (it has a mount there)", "add", Scratch, "zion:/data");
        Engine.Run("exec", "-d", "zion", "sh", "-c", "cd /data && touch /ready && exec sleep 1000").ShouldSucceed();
        Eventually.True(() => Engine.Run("exec", "zion", "ls", "/ready").ExitCode == 0, "a process works in the mount");
        Told("unmount zion:/data: EBUSY", "rm", "zion:/data");
        Engine.Run("mount", "rm", "--lazy", "zion:/data").ShouldSucceed();
        Assert.Equal("", Inside("zion", "ls /data"));
    }

    private void Told(string text, params string[] arguments) => Assert.Contains(text, Engine.Run(["mount", .. arguments]).ShouldExit(1).Stderr);

    private void Start(params string[] names) => Array.ForEach(names, name => Run(name, "busybox", "sleep", "1000"));

    private string Inside(string name, string script) => Engine.Run("exec", name, "sh", "-c", script).ShouldSucceed().Text;

    private int AddWithFault(int record, string place = "/place")
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("mount", "add", "--persist", "-t", "tmpfs", $"zion:{place}").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
