using System.Security.Cryptography;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Security;

/// <summary>Known ways out of a container, each tried from inside (SECURITY S1, S2, S6, S12).</summary>
public sealed class ContainmentTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("/proc/self/exe")]
    [InlineData("/proc/1/exe")]
    public void The_engines_own_binary_is_not_what_a_link_of_proc_starts(string command)
    {
        var before = Hash();
        Engine.Run("run", "--rm", "--net", "none", "busybox", command, "version");
        Engine.Run(
            "run", "--rm", "--net", "none", "busybox", "sh", "-c",
            $"printf '#!{command}\\n' > /script; chmod 755 /script; for i in 1 2 3 4 5 6 7 8 9; do /script; : > /proc/1/exe; : > /proc/$PPID/exe; done");

        Assert.Equal(before, Hash());
    }

    [Fact]
    public void A_writer_that_waits_for_the_engines_binary_never_gets_it()
    {
        var before = Hash();
        const string Writer = "i=0; while [ $i -lt 300 ]; do for p in /proc/[0-9]*; do echo x > $p/exe; done; i=$((i + 1)); done 2> /dev/null; true";
        using var writer = Engine.Start("run", "--rm", "--name", "writer", "--net", "none", "--pid", "host", "busybox", "sh", "-c", Writer);
        for (var i = 0; i < 10; i++)
        {
            Engine.RunRm("--net", "none", "busybox", "true");
        }

        writer.Wait().ShouldSucceed();
        Assert.Equal(before, Hash());
    }

    [Fact]
    public void Only_the_three_standard_descriptors_are_open_inside() =>
        Assert.Equal(["0", "1", "2"], Engine.RunRm("--net", "none", "busybox", "sh", "-c", "ls /proc/1/fd; true").Lines);

    [Fact]
    public void A_working_directory_behind_a_descriptor_is_refused_for_every_number()
    {
        for (var number = 0; number <= 30; number++)
        {
            var outcome = Engine.Run("run", "--rm", "--net", "none", "-w", $"/proc/self/fd/{number}", "busybox", "sh", "-c", "ls; cat ../../../etc/hostname");
            Assert.True(outcome.ExitCode is >= 125 and <= 127, outcome.ToString());
            Assert.Equal("", outcome.Stdout);
        }
    }

    [Theory]
    [InlineData("cgroups cannot be written", "for d in /sys/fs/cgroup /sys/fs/cgroup/*; do mkdir $d/x && exit 1; echo 1 > $d/cgroup.procs && exit 1; done; true")]
    [InlineData("there is no release agent", "for f in $(find /sys/fs/cgroup -name release_agent); do echo /x > $f && exit 1; done; true")]
    [InlineData("nothing can be mounted", "mkdir /m; mount -t tmpfs t /m && exit 1; mount -t cgroup -o memory c /m && exit 1; mount -o remount,rw /sys && exit 1; true")]
    [InlineData("no namespace can be made", "unshare -U true && exit 1; unshare -m true && exit 1; unshare -r -C true && exit 1; true")]
    [InlineData("kernel settings are read-only", "echo x > /proc/sys/kernel/core_pattern && exit 1; echo b > /proc/sysrq-trigger && exit 1; true")]
    [InlineData("kernel memory is hidden", "[ $(head -c1 /proc/kcore | wc -c) = 0 ] && [ -z \"$(ls /sys/firmware)\" ]")]
    public void From_inside(string what, string script)
    {
        var outcome = Engine.Run("run", "--rm", "--net", "none", "busybox", "sh", "-c", script);
        Assert.True(outcome.ExitCode == 0, $"not so: {what}\n{outcome}");
    }

    [Fact]
    public void Other_containers_and_the_host_are_not_seen_in_the_cgroups()
    {
        var seen = Engine.RunRm("--net", "none", "busybox", "find", "/sys/fs/cgroup", "-name", "minidock*").Text;
        Assert.Equal("", seen);
    }

    [Fact]
    public void Without_a_terminal_there_is_none_to_open()
    {
        var outcome = Engine.Run("run", "--rm", "--net", "none", "busybox", "sh", "-c", ": < /dev/tty");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("No such device or address", outcome.Stderr);
    }

    [Fact]
    public void Control_characters_of_a_container_do_not_reach_the_terminal_through_a_table()
    {
        Engine.Run("run", "--name", "painted", "--net", "none", "busybox", "echo", "\u001b[31mred\u0007").ShouldSucceed();
        var table = Engine.Run("ps", "-a", "--no-trunc").ShouldSucceed().Stdout;
        Engine.Run("rm", "painted").ShouldSucceed();

        Assert.Contains("red", table);
        Assert.DoesNotContain(table, c => char.IsControl(c) && c != '\n');
    }

    private static string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Minidock.Binary)));
}
