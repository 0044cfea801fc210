using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary>How plugins of CNI are called, and what is told when they fail: with plugins that write down what they are given.</summary>
public sealed class CniPluginTests : LifeTest
{
    private const string Result = """{"cniVersion":"1.0.0","interfaces":[{"name":"eth0","sandbox":"x"}],"ips":[{"address":"10.91.0.5/24","interface":0}],"step":""";

    private readonly CniLists _lists;

    public CniPluginTests(MinidockFixture fixture)
        : base(fixture)
    {
        _lists = new CniLists(Engine, Scratch);

        // Says what it is called with, a line each: operation, plugin, variables, input. The namespace of a DEL must be there still.
        _lists.WriteProgram("recorder", Recorder("recorder"));
        _lists.WriteProgram("second", Recorder("second"));
        _lists.WriteProgram("failing", "cat > /dev/null; echo one >&2; echo two >&2\n" + $"echo \"$CNI_COMMAND failing\" >> {Log}\n"
            + """[ "$CNI_COMMAND" = ADD ] || exit 0; printf '%s' '{"cniVersion":"1.0.0","code":11,"msg":"no room","details":"all\ttaken"}'; exit 1""");
    }

    private string Log => Path.Combine(_lists.Programs, "log");

    [Fact]
    public void Plugins_get_what_the_specification_says_and_are_undone_in_reverse_with_the_last_result()
    {
        _lists.Write("lab", "1.0.0", """{"type":"recorder","capabilities":{"ips":true,"dns":true,"other":true},"own":{"x":[1]}}""", """{"type":"second","capabilities":{"mac":true}}""");
        Engine.Variables["SECRET_OF_THE_CALLER"] = "1";
        var id = Engine.Run(
            "run", "-d", "--name", "zion", "--dns", "192.0.2.53", "--net", "cni:lab,ip=10.91.0.5/24,mac=02:00:00:00:00:05", "busybox", "sleep", "1000").ShouldSucceed().Text;
        Engine.Variables.Remove("SECRET_OF_THE_CALLER");
        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        var log = File.ReadAllLines(Log);
        Assert.Equal(["ADD recorder", "ADD second", "DEL second", "DEL recorder"], log.Where(l => !l.StartsWith(' ')));
        Assert.All(log.Where(l => l.StartsWith(" CNI_NETNS=", StringComparison.Ordinal)), l => Assert.Contains("/held/", l));
        Assert.Equal(4, log.Count(l => l == " namespace is there"));
        Assert.Equal(4, log.Count(l => l == $" CNI_CONTAINERID={id}"));
        Assert.Equal(4, log.Count(l => l == " CNI_ARGS=IgnoreUnknown=1"));
        Assert.DoesNotContain(log, l => l.Contains("SECRET", StringComparison.Ordinal));
        var inputs = log.Where(l => l.StartsWith(" {", StringComparison.Ordinal)).ToList();
        Assert.Contains("""
            "own":{"x":[1]},"name":"lab","cniVersion":"1.0.0","runtimeConfig":{"ips":["10.91.0.5/24"],"dns":{"servers":["192.0.2.53"],"searches":[],"options":[]}}}
            """.Trim(), inputs[0]);
        Assert.Contains("\"runtimeConfig\":{\"mac\":\"02:00:00:00:00:05\"}", inputs[1]);
        Assert.Contains("\"step\":\"recorder\"", inputs[1]);
        Assert.All(inputs[2..], i => Assert.Contains("\"step\":\"second\"", i));
    }

    [Fact]
    public void What_no_plugin_takes_at_run_time_goes_into_the_arguments()
    {
        _lists.Write("lab", "0.3.1", """{"type":"recorder"}""");
        Engine.RunRm("--net", "cni:lab,ip=10.91.0.5,mac=02:00:00:00:00:05", "busybox", "true");
        var log = File.ReadAllText(Log);
        Assert.Contains(" CNI_ARGS=IgnoreUnknown=1;IP=10.91.0.5;MAC=02:00:00:00:00:05\n", log);
        Assert.DoesNotContain("runtimeConfig", log);
        Assert.DoesNotContain("prevResult", log);
        foreach (var (options, capability) in new[] { ("cni:lab", "portMappings"), ("cni:lab,egress=1000", "bandwidth") })
        {
            Assert.Contains($"has the capability {capability}", Engine.Run("run", "--rm", "-p", "8080:80", "--net", options, "busybox", "true").ShouldExit(125).Stderr);
        }
    }

    [Fact]
    public void A_plugin_that_fails_is_told_in_its_own_words_and_all_that_were_begun_are_undone()
    {
        _lists.Write("lab", "1.0.0", """{"type":"recorder"}""", """{"type":"failing"}""", """{"type":"second"}""");
        var outcome = Engine.Run("run", "--rm", "--net", "cni:lab", "busybox", "true").ShouldExit(125);
        Assert.Contains("minidock: cni plugin failing (list lab, ADD): 11 (no room): all taken; it wrote:\n", outcome.Stderr);
        Assert.Contains("one\n", outcome.Stderr);
        Assert.Contains("two\n", outcome.Stderr);
        Assert.Contains("hint: the plugin asks to try it again later", outcome.Stderr);
        var log = File.ReadAllLines(Log);
        Assert.Equal(["ADD recorder", "ADD failing", "DEL failing", "DEL recorder"], log.Where(l => !l.StartsWith(' ')));
        Assert.Contains("\"step\":\"recorder\"", log.Last(l => l.StartsWith(" {", StringComparison.Ordinal)));
    }

    [Fact]
    public void Collecting_tells_plugins_of_1_1_which_attachments_are_valid()
    {
        _lists.Write("lab", "1.1.0", """{"type":"recorder"}""");
        _lists.Write("others", "1.1.0", """{"type":"second"}""");
        var id = Engine.Run("run", "-d", "--name", "zion", "--net", "cni:lab", "busybox", "sleep", "1000").ShouldSucceed().Text;
        Engine.Run("system", "prune", "-f").ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Engine.Run("system", "prune", "-f").ShouldSucceed();
        var log = File.ReadAllLines(Log);
        Assert.Equal(["ADD recorder", "GC recorder", "DEL recorder", "GC recorder"], log.Where(l => !l.StartsWith(' ')));
        var inputs = log.Where(l => l.StartsWith(" {", StringComparison.Ordinal)).ToList();
        Assert.Contains($"\"cni.dev/valid-attachments\":[{{\"containerID\":\"{id}\",\"ifname\":\"eth0\"}}]", inputs[1]);
        Assert.Contains("\"cni.dev/valid-attachments\":[]", inputs[3]);
    }

    [Fact]
    public void What_a_reboot_has_ended_is_detached_by_the_next_attachment()
    {
        _lists.Write("lab", "1.0.0", _lists.BridgePlugin());
        var others = Processes().ToHashSet();
        var id = Engine.Run("run", "-d", "--name", "zion", "--net", "cni:lab", "busybox", "sleep", "1000").ShouldSucceed().Text;
        Assert.Equal(["10.91.0.2"], _lists.Leases);

        // A reboot ends processes and mounts, and empties the run root; the plugins' files stay.
        Eventually.True(() => KilledAllBut(others), "all processes are dead");
        foreach (var mount in HostMounts.PointsUnder(Engine.RunRoot).Reverse())
        {
            HostCommand.Run("umount", "-l", mount).ShouldSucceed();
        }

        HostCommand.Shell($"for d in /sys/fs/cgroup/*/minidock-*/{id}; do rmdir $d 2>/dev/null || true; done; rm -rf --one-file-system {Engine.RunRoot}");
        Assert.Equal(["10.91.0.2"], _lists.Leases);
        Engine.RunRm("--net", "cni:lab", "busybox", "true");
        Assert.Empty(_lists.Leases);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Engine.RunRm("busybox", "true");
    }

    private IEnumerable<int> Processes() => HostProcesses.Of(Path.GetDirectoryName(Engine.Root)!).Keys;

    // A monitor that sees its container die may have begun to undo the run, with more processes.
    private bool KilledAllBut(HashSet<int> others)
    {
        var left = Processes().Except(others).ToList();
        left.ForEach(process => HostCommand.Run("kill", "-9", $"{process}"));
        return left.Count == 0;
    }

    [Theory]
    [InlineData("cni", "names no network")]
    [InlineData("cni:nosuch", "ENOENT (no network of CNI has this name)")]
    [InlineData("cni:lab,vlan=3", "option 'vlan' is not known to cni")]
    [InlineData("cni:lab,ip=x", "not an address")]
    [InlineData("cni:missing", "cni plugin nosuch: ENOENT (not in ")]
    [InlineData("cni:old", "its 'cniVersion' is 0.1.0")]
    [InlineData("cni:broken", "it is no JSON")]
    [InlineData("cni:outside", "names a program")]
    [InlineData("cni:writable", "is writable by others")]
    [InlineData("cni:foreign", "belongs to user 1000")]
    [InlineData("cni:silent", "its result cannot be read: it is no JSON")]
    [InlineData("cni:newer", "the plugin says of itself: {\"cniVersion\":\"1.1.0\",\"supportedVersions\":[\"0.4.0\"")]
    public void What_cannot_be_is_told_and_leaves_nothing(string network, string told)
    {
        _lists.Write("lab", "1.0.0", """{"type":"recorder"}""");
        _lists.Write("missing", "1.0.0", """{"type":"nosuch"}""");
        _lists.Write("old", "0.1.0", """{"type":"recorder"}""");
        _lists.Write("broken", "1.0.0", "{");
        _lists.Write("outside", "1.0.0", """{"type":"../recorder"}""");
        _lists.Write("writable", "1.0.0", """{"type":"recorder"}""");
        _lists.WriteProgram("taken", "exit 0");
        _lists.Write("foreign", "1.0.0", """{"type":"taken"}""");
        _lists.WriteProgram("mute", "exit 0");
        _lists.Write("silent", "1.0.0", """{"type":"mute"}""");
        _lists.WriteProgram("conservative", """
            if [ $CNI_COMMAND = VERSION ]; then echo '{"cniVersion":"1.1.0","supportedVersions":["0.4.0"]}'; exit 0; fi
            [ $CNI_COMMAND = ADD ] || exit 0
            echo '{"cniVersion":"1.1.0","code":1,"msg":"incompatible CNI versions"}'; exit 1
            """);
        _lists.Write("newer", "1.1.0", """{"type":"conservative"}""");
        HostCommand.Shell($"chmod 666 {_lists.Configurations}/writable.conflist; chown 1000 {_lists.Programs}/taken");
        var outcome = Engine.Run("run", "--rm", "--net", network, "busybox", "true").ShouldExit(125);
        Assert.Contains(told, outcome.Stderr);
        Assert.Contains("minidock: ", outcome.Stderr);
    }

    [Fact]
    public void A_program_that_others_could_change_since_is_not_executed_to_detach()
    {
        _lists.Write("lab", "1.0.0", """{"type":"recorder"}""");
        Engine.Run("run", "-d", "--name", "zion", "--net", "cni:lab", "busybox", "sleep", "1000").ShouldSucceed();
        HostCommand.Run("chmod", "777", Path.Combine(_lists.Programs, "recorder")).ShouldSucceed();
        var refused = Engine.Run("rm", "-f", "zion").Stderr + Engine.Run("ps", "-a").Stderr;
        Assert.Contains("recorder is writable by others", refused);
        Assert.DoesNotContain("DEL", File.ReadAllText(Log));
        HostCommand.Run("chmod", "755", Path.Combine(_lists.Programs, "recorder")).ShouldSucceed();
        Engine.Run("ps", "-a").ShouldSucceed();
        Assert.Contains("DEL", File.ReadAllText(Log));
    }

    [Fact]
    public void A_file_of_one_plugin_is_a_list_too()
    {
        File.WriteAllText(Path.Combine(_lists.Configurations, "20-one.conf"), """{"cniVersion":"1.0.0","name":"one","type":"recorder"}""");
        Engine.RunRm("--net", "cni:one", "busybox", "true");
        Assert.Equal(["ADD recorder", "DEL recorder"], File.ReadAllLines(Log).Where(l => !l.StartsWith(' ')));
    }

    protected override void TearDown()
    {
        base.TearDown();
        _lists.Remove();
    }

    private string Recorder(string name) => $$"""
        input=$(cat)
        { echo "$CNI_COMMAND {{name}}"
          env | grep -v -e '^PWD=' -e '^SHLVL=' -e '^_=' | sed 's/^/ /'
          [ -n "$CNI_NETNS" ] && [ "$(stat -f -c %T "$CNI_NETNS")" = nsfs ] && echo ' namespace is there'
          printf ' %s\n' "$input"; } >> {{Log}}
        [ "$CNI_COMMAND" = ADD ] || exit 0
        echo '{{Result}}"{{name}}"}'
        """;
}
