using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Live;

/// <summary><c>device add</c>, <c>device rm</c> and <c>device ls</c> (CAPABILITIES row 40).</summary>
public sealed class LiveDeviceTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Device = "/dev/loop-control";
    private const int MaximumRecords = 50;

    [Fact]
    public void A_device_comes_with_the_right_to_it_and_goes_with_both()
    {
        Run("zion", "--cap-add", "MKNOD", "busybox", "sleep", "1000");
        var node = Inside("mknod /own c 10 237 && stat -c '%t:%T' /own");
        Refused(": < /own");

        Engine.Run("device", "add", $"{Device}:/dev/below/log:w", "zion").ShouldSucceed();

        Assert.Equal(node, Inside("stat -c '%t:%T' /dev/below/log"));
        Inside(": > /dev/below/log");
        Refused(": < /dev/below/log");
        Assert.Equal(["zion:/dev/below/log"], Engine.Run("device", "ls", "-q").ShouldSucceed().Lines);
        Assert.Equal("[/dev/loop-control /dev/below/log w]", Devices());

        // Another of the same number keeps its own right when the first one goes.
        Engine.Run("device", "add", $"{Device}:/dev/more:r", "zion").ShouldSucceed();
        Inside(": < /dev/below/log");
        Engine.Run("device", "rm", "/dev/below/log", "zion").ShouldSucceed();
        Assert.Equal("", Inside("ls /dev/below"));
        Inside(": < /dev/more");
        Refused(": > /dev/more");
        Engine.Run("device", "rm", Device, "zion").ShouldSucceed();
        Refused(": < /own");
        Assert.Equal("", Devices());
        Assert.Equal("1", Inside("head -c1 /dev/urandom | wc -c"));
    }

    [Fact]
    public void What_is_kept_is_there_after_a_restart_until_it_is_removed_as_is_what_was_given_at_the_start()
    {
        Run("zion", "--device", "/dev/full:/dev/first", "busybox", "sleep", "1000");
        Engine.Run("device", "add", "--persist", $"{Device}:/dev/kept:r", "zion").ShouldSucceed();
        Engine.Run("device", "add", $"{Device}:/dev/once", "zion").ShouldSucceed();
        Assert.Equal(["start", "live, kept", "live"], Engine.Run("device", "ls", "--format", "{{.Given}}", "zion").Lines);

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();

        Inside(": < /dev/kept && ! ls /dev/once 2> /dev/null");
        Refused(": > /dev/kept");
        Engine.Run("device", "rm", "/dev/kept", "zion").ShouldSucceed();
        Engine.Run("device", "rm", "/dev/first", "zion").ShouldSucceed();
        Assert.Equal("", Inside("ls /dev | grep -E 'kept|first' || true"));
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal("", Inside("ls /dev | grep -E 'kept|first' || true"));
    }

    [Fact]
    public void A_container_with_a_user_namespace_gets_the_hosts_node()
    {
        Run("zion", "--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536", "busybox", "sleep", "1000");
        Engine.Run("device", "add", "/dev/full:/dev/more", "zion").ShouldSucceed();
        Assert.Equal("1", Inside("head -c1 /dev/more | wc -c"));
        Engine.Run("device", "rm", "/dev/more", "zion").ShouldSucceed();
        Assert.Equal("", Inside("ls /dev | grep more || true"));
        Engine.Run("device", "add", "/dev/full:/dev/more", "zion").ShouldSucceed();
    }

    [Fact]
    public void An_addition_or_a_removal_cut_short_at_any_journal_record_is_there_or_not_as_inspect_says()
    {
        Run("zion", "busybox", "sleep", "1000");
        var record = 1;
        while (WithFault(record, "add", "--persist", Device, "zion") != 0)
        {
            var outcome = Engine.Run("device", "add", "--persist", Device, "zion");
            Assert.True(outcome.ExitCode == 0 || outcome.Stderr.Contains("EEXIST (something is there already)", StringComparison.Ordinal), outcome.ToString());
            Assert.Equal("[/dev/loop-control /dev/loop-control rwm]", Devices());
            Inside(": < /dev/loop-control");
            Engine.Run("device", "rm", Device, "zion").ShouldSucceed();
            Assert.Equal("", Devices());
            Assert.True(++record < MaximumRecords, "the addition never got past its records");
        }

        Assert.True(record > 5, $"only {record - 1} records: the fault was not met");
        for (record = 1; WithFault(record, "rm", Device, "zion") != 0; record++)
        {
            if (Devices().Length == 0)
            {
                Engine.Run("device", "add", "--persist", Device, "zion").ShouldSucceed();
            }

            Engine.Run("device", "rm", Device, "zion").ShouldSucceed();
            Assert.Equal("", Devices());
            Engine.Run("device", "add", "--persist", Device, "zion").ShouldSucceed();
            Inside(": < /dev/loop-control");
            Assert.True(record < MaximumRecords, "the removal never got past its records");
        }

        Assert.True(record > 2, $"only {record - 1} records: the fault was not met");
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("create", "--net", "none", "--name", "idle", "busybox").ShouldSucceed();
        Told("container idle: ESRCH (is not running)", "add", Device, "idle");
        Told("device /none/such: ENOENT", "add", "/none/such", "zion");
        Told("ENODEV (not a device node)", "add", "/etc", "zion");
        Told("EEXIST (something is there already)", "add", "/dev/null", "zion");
        Told("EINVAL", "add", "kmsg", "zion");
        Told("ENOENT (not one that the container was given)", "rm", "/dev/null", "zion");
        Engine.Run("pause", "zion").ShouldSucceed();
        Told("container zion: EBUSY (is paused)", "add", Device, "zion");
        Engine.Run("unpause", "zion").ShouldSucceed();
    }

    private void Told(string text, params string[] arguments) => Assert.Contains(text, Engine.Run(["device", .. arguments]).ShouldExit(1).Stderr);

    private void Refused(string script) => Assert.Contains("Operation not permitted", Engine.Run("exec", "zion", "sh", "-c", script).ShouldExit(1).Stderr);

    private string Inside(string script) => Engine.Run("exec", "zion", "sh", "-c", script).ShouldSucceed().Text;

    private string Devices() => Inspect("zion", "{{range .HostConfig.Devices}}[{{.PathOnHost}} {{.PathInContainer}} {{.CgroupPermissions}}]{{end}}");

    private int WithFault(int record, params string[] arguments)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run(["device", .. arguments]).ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
