using System.Text.Json.Nodes;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Plugins that do not keep to the protocol: a clear error with the plugin and its operation, nothing left, and never an engine that hangs.</summary>
public sealed class MisbehavingPluginTests(MinidockFixture fixture) : PluginTest(fixture)
{
    private const string Spec = "odd,ip=192.0.2.7/24";

    [Theory]
    [InlineData("exec sleep 31337", 200, "ETIMEDOUT (no reply within 200 ms); it was ended by SIGTERM")]
    [InlineData("trap '' TERM; echo stubborn >&2; while :; do sleep 31337; done", 500, "it was ended by SIGKILL; it wrote:\nminidock:   stubborn")]
    [InlineData("yes flood >&2", 300, "ETIMEDOUT (no reply within 300 ms)")]
    [InlineData("printf '{\"ok\":tr'", 30_000, "EPROTO (its reply is not a reply")]
    [InlineData("head -c 100000000 /dev/zero", 30_000, "EMSGSIZE (its reply is over 1 MiB)")]
    [InlineData("echo '{\"id\":99,\"ok\":true}'", 30_000, "EPROTO (it replied to request 99, not to 1)")]
    [InlineData("echo hello; echo '{\"ok\":true}'", 30_000, "EPROTO (its reply is not a reply")]
    [InlineData("echo '[]'", 30_000, "EPROTO (its reply is not a reply")]
    [InlineData("echo no luck today >&2; exit 3", 30_000, "EPIPE (it ended before it replied); it ended with exit code 3; it wrote:\nminidock:   no luck today")]
    [InlineData("echo '{\"ok\":true}'; exit 4", 30_000, "EPROTO (it says that all is well and fails); it ended with exit code 4")]
    [InlineData("kill -9 $$", 30_000, "EPIPE (it ended before it replied); it was ended by SIGKILL")]
    [InlineData("echo '{\"ok\":false}'", 30_000, "EPROTO (it gave no reason)")]
    [InlineData("echo '{\"ok\":false,\"error\":{\"code\":\"EDQUOT\",\"message\":\"the pool is full\",\"detail\":\"10 of 10\",\"hint\":\"make room\"}}'", 30_000, "net.attach: EDQUOT (the pool is full): 10 of 10\nhint: make room")]
    [InlineData("printf '{\"ok\":true,\"state\":\"'; head -c 70000 /dev/zero | tr '\\0' x; echo '\"}'", 30_000, "E2BIG (its state is over 64 KiB)")]
    [InlineData("echo '{\"ok\":true,\"result\":{\"ips\":[{\"address\":\"nonsense\"}]}}'", 30_000, "EPROTO (address nonsense via none)")]
    public void An_attachment_that_has_been_made_is_taken_back(string script, int milliseconds, string told)
    {
        Write("odd", "network", "attach detach", ShellPlugins.Network(Calls, script + "; exit"), ("timeoutMs", milliseconds));

        var outcome = Engine.Run("run", "--rm", "--net", Spec, "busybox", "true").ShouldExit(125);

        Assert.Contains("plugin odd net.attach: ", outcome.Stderr);
        Assert.Contains(told, outcome.Stderr);
        Assert.Contains("net.detach", File.ReadAllText(Calls));
        Assert.NotEqual(0, HostCommand.Run("pgrep", "-f", "sleep 31337").ExitCode);
    }

    [Theory]
    [InlineData("sys.exit(5)", "EPIPE (it ended before it replied); it ended with exit code 5")]
    [InlineData("replies.write('{\"id\":1,'); sys.exit(0)", "EPIPE (it ended within its reply)")]
    [InlineData("replies.write('{\"id\":%d,\"ok\":true}' % request['id']); time.sleep(31337)", "ETIMEDOUT")]
    [InlineData("replies.write('{\"id\":7,\"ok\":true}\\n')", "EPROTO (it replied to request 7, not to 1)")]
    [InlineData("replies.write('{\"id\":1,\"ok\":true}\\n{\"id\":1,\"ok\":true}\\n')", "EPROTO (it replied with more than one line)")]
    [InlineData("replies.write('x' * (100 << 20))", "EMSGSIZE")]
    [InlineData("os.close(3); time.sleep(31337)", "EPIPE (it ended before it replied)")]
    [InlineData("os.close(0); time.sleep(31337)", "ETIMEDOUT")]
    public void A_session_that_breaks_off_is_a_failed_operation(string script, string told)
    {
        Write("odd", "network", "attach detach", $$$"""
            #!/usr/bin/python3
            import json, os, sys, time
            replies = open(3, "w", closefd=False)
            for line in sys.stdin:
                request = json.loads(line)
                open("{{{Calls}}}", "a").write(request["op"] + "\n")
                if request["op"] == "net.detach":
                    replies.write('{"id":%d,"ok":true}\n' % request["id"])
                else:
                    {{{script}}}
                replies.flush()
            """, ("mode", "session"), ("timeoutMs", 2000));

        var outcome = Engine.Run("run", "--rm", "--net", "odd", "busybox", "true").ShouldExit(125);

        Assert.Contains("plugin odd net.attach: ", outcome.Stderr);
        Assert.Contains(told, outcome.Stderr);
        Assert.Contains("net.detach", File.ReadAllText(Calls));
    }

    [Fact]
    public void A_child_that_keeps_the_pipe_open_keeps_nobody_waiting_and_ends_with_the_call()
    {
        Write("odd", "network", "attach detach", ShellPlugins.Network(Calls, "sleep 31337 &"));

        Engine.RunRm("--net", Spec, "busybox", "true");

        Assert.NotEqual(0, HostCommand.Run("pgrep", "-f", "sleep 31337").ExitCode);
    }

    [Fact]
    public void An_attachment_without_its_interface_does_not_count()
    {
        Write("odd", "network", "attach detach", ShellPlugins.Head(Calls) + "echo '{\"ok\":true}'\n");

        Assert.Contains("plugin odd net.attach: ENODEV (it made no interface eth0 inside)", Engine.Run("run", "--rm", "--net", "odd", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Equal(["net.attach", "net.detach"], File.ReadAllLines(Calls));
    }

    [Fact]
    public void What_may_work_a_little_later_is_asked_once_more()
    {
        var gate = Path.Combine(Scratch, "gate");
        Write("odd", "storage", "attach detach", ShellPlugins.Head(Calls) + $$$"""
            if [ -e {{{gate}}} ]; then echo '{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs"}]}}'
            else touch {{{gate}}}; echo '{"ok":false,"error":{"code":"EAGAIN","message":"not yet","retryable":true}}'; fi
            """);

        Engine.RunRm("--mount", "type=odd,dst=/d", "busybox", "true");

        Assert.Equal(["storage.attach", "storage.attach", "storage.detach"], File.ReadAllLines(Calls));
        File.Delete(gate);
    }

    [Fact]
    public void Its_environment_is_clean_and_it_holds_no_descriptor_of_the_engine()
    {
        Engine.Variables["SECRET"] = "x";
        Write("odd", "storage", "attach detach", ShellPlugins.Head(Calls) + $$$"""
            env | sort > {{{Calls}}}.env; pwd > {{{Calls}}}.pwd; readlink /proc/self/fd/* > {{{Calls}}}.fds
            echo '{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs"}]}}'
            """, ("env", new JsonObject { ["COLOR"] = "blue" }));

        Engine.RunRm("--mount", "type=odd,dst=/d", "busybox", "true");
        Engine.Variables.Remove("SECRET");

        Assert.Equal(
            ["COLOR", "HOME", "LANG", "MINIDOCK_PLUGIN", "MINIDOCK_PLUGIN_DIR", "MINIDOCK_PLUGIN_MODE", "PATH", "PWD"],
            File.ReadAllLines(Calls + ".env").Select(l => l.Split('=')[0]).Where(n => n is not ("_" or "OLDPWD")));
        Assert.Equal(Path.Combine(Place, "odd"), File.ReadAllText(Calls + ".pwd").Trim());
        Assert.All(File.ReadAllLines(Calls + ".fds"), l => Assert.Matches(@"^(pipe:.*|.*/odd/program|.*/calls\.fds|/proc/.*/fd)$", l));
        foreach (var suffix in new[] { ".env", ".pwd", ".fds" })
        {
            File.Delete(Calls + suffix);
        }
    }

    [Fact]
    public void A_program_that_is_not_the_one_of_the_manifest_is_not_executed()
    {
        Write("odd", "storage", "attach detach", ShellPlugins.Head(Calls), ("sha256", new string('0', 64)));

        Assert.Contains("EBADMSG (its SHA-256 is ", Engine.Run("run", "--rm", "--mount", "type=odd,dst=/d", "busybox", "true").ShouldExit(125).Stderr);
        Assert.False(File.Exists(Calls));
    }

    [Fact]
    public void A_plugin_that_others_can_change_is_not_executed()
    {
        var directory = Write("odd", "storage", "attach detach", ShellPlugins.Head(Calls));
        HostCommand.Shell($"chmod o+w {directory}");

        var told = Engine.Run("run", "--rm", "--mount", "type=odd,dst=/d", "busybox", "true").ShouldExit(125).Stderr;

        Assert.Contains($"EPERM ({directory} is writable by others)", told);
        Assert.Contains("hint: ", told);
        Assert.False(File.Exists(Calls));
    }

    [Fact]
    public void An_interpreter_that_is_not_there_is_told()
    {
        Write("odd", "storage", "attach detach", "#!/no/such/interpreter\n");

        var told = Engine.Run("run", "--rm", "--mount", "type=odd,dst=/d", "busybox", "true").ShouldExit(125).Stderr;

        Assert.Contains("/odd/program: ENOENT (no interpreter /no/such/interpreter)", told);
    }

    [Fact]
    public void A_plugin_that_is_gone_does_not_keep_a_container_from_being_removed()
    {
        var directory = Write("odd", "storage", "attach detach", ShellPlugins.Head(Calls) + "echo '{\"ok\":true,\"result\":{\"mounts\":[{\"type\":\"tmpfs\",\"source\":\"tmpfs\"}]}}'\n");
        Run("zion", "--mount", "type=odd,dst=/d", "busybox", "sleep", "1000");
        Directory.Delete(directory, recursive: true);

        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        Assert.Equal(["storage.attach"], File.ReadAllLines(Calls));
    }
}
