using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Third-party network providers: <c>--net PLUGIN[:INSTANCE][,key=value…]</c>.</summary>
public sealed class NetworkPluginTests(MinidockFixture fixture) : PluginTest(fixture)
{
    private const int MaximumRecords = 100;
    private const string Spec = "wire,ip=192.0.2.7/24";

    [Fact]
    public void A_shell_script_attaches_a_container_and_gets_its_state_back_to_detach_it()
    {
        Write("wire", "network", "attach detach", ShellPlugins.Network(Calls));

        var outcome = Engine.RunRm("--net", Spec, "busybox", "sh", "-c", "ip address show eth0; ip address show lo; cat /etc/hosts /etc/resolv.conf; hostname");

        Assert.Contains("inet 192.0.2.7/24", outcome.Stdout);
        Assert.Contains("inet 127.0.0.1/8", outcome.Stdout);
        Assert.Contains("nameserver 192.0.2.53", outcome.Stdout);
        Assert.Contains($"192.0.2.7\t{outcome.Lines[^1]}", outcome.Stdout);
        Assert.DoesNotContain("127.0.1.1", outcome.Stdout);
        var calls = File.ReadAllLines(Calls);
        Assert.Equal(["net.attach", "net.detach"], calls[..2]);
        Assert.Matches("^state tp[0-9a-f]{8}0$", calls[2]);
    }

    [Fact]
    public void A_running_container_is_connected_and_disconnected_and_inspect_shows_what_the_plugin_told()
    {
        Write("wire", "network", "attach detach", ShellPlugins.Network(Calls));
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("run", "-d", "--name", "moon", "--net", "wire:a,ip=192.0.2.7/24", "busybox", "sleep", "1000").ShouldSucceed();

        Engine.Run("network", "connect", "wire:b,ip=198.51.100.7/24", "moon").ShouldSucceed();

        var networks = JsonNode.Parse(Inspect("moon", "{{json .NetworkSettings.Networks}}"))!;
        Assert.Equal("192.0.2.7", (string?)networks["wire:a"]!["IPAddress"]);
        Assert.Equal("198.51.100.7", (string?)networks["wire:b"]!["IPAddress"]);
        Assert.Equal("192.0.2.1", (string?)networks["wire:a"]!["Gateway"]);
        Assert.Contains("198.51.100.7", Engine.Run("exec", "moon", "cat", "/etc/hosts").ShouldSucceed().Stdout);
        Engine.Run("network", "disconnect", "wire:b", "moon").ShouldSucceed();
        Assert.DoesNotContain("eth1", Engine.Run("exec", "moon", "ip", "link").ShouldSucceed().Stdout);
        Assert.DoesNotContain("198.51.100.7", Engine.Run("exec", "moon", "cat", "/etc/hosts").ShouldSucceed().Stdout);
        Assert.Contains("EINVAL", Engine.Run("network", "connect", "wire:c,ip=192.0.2.9/24", "zion").ShouldExit(1).Stderr);
    }

    [Fact]
    public void A_session_is_one_process_whose_prints_break_nothing()
    {
        Write("wire", "network", "attach detach", $$$"""
            #!/usr/bin/python3
            import json, os, subprocess, sys
            replies = os.fdopen(3, "w", buffering=1)
            for line in sys.stdin:
                request = json.loads(line)
                print("a stray print")
                open("{{{Calls}}}", "a").write("%d %s\n" % (os.getpid(), request["op"]))
                host = "tp" + request["container"]["id"][:8] + str(request["network"]["index"])
                if request["op"] == "net.attach":
                    subprocess.run(["ip", "link", "add", host, "type", "veth", "peer", "name", request["network"]["interface"], "netns", str(request["container"]["pid"])], check=True)
                else:
                    subprocess.run(["ip", "link", "delete", host], stderr=subprocess.DEVNULL)
                replies.write(json.dumps({"id": request["id"], "ok": True, "result": {}}) + "\n")
            """, ("mode", "session"));

        var outcome = Engine.RunRm("--net", "wire:a", "--net", "wire:b", "busybox", "sh", "-c", "ls /sys/class/net");

        Assert.Equal(["eth0", "eth1", "lo"], outcome.Lines);
        var attached = File.ReadAllLines(Calls).Where(l => l.EndsWith("net.attach", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, attached.Count);
        Assert.Equal(attached[0], attached[1]);
    }

    [Fact]
    public void Its_host_end_goes_when_everything_was_killed()
    {
        Write("wire", "network", "attach detach", ShellPlugins.Network(Calls));
        Engine.Run("run", "-d", "--name", "zion", "--net", Spec, "busybox", "sleep", "1000").ShouldSucceed();
        var view = ContainerView.Of(Engine, "zion");
        var monitor = view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();

        HostCommand.Run("kill", "-9", monitor, view.Pid.ToString(CultureInfo.InvariantCulture)).ShouldSucceed();
        Engine.Variables.Remove("MINIDOCK_PLUGIN_PATH");

        Eventually.True(
            () =>
            {
                Engine.Run("ps", "-aq").ShouldSucceed();
                return File.ReadAllText(Calls).Contains("net.detach", StringComparison.Ordinal);
            },
            "recovery asks the plugin, which the journal names");
        Assert.DoesNotContain(HostNetwork.Links(), l => l.Contains("tp", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_whichever_journal_record_the_engine_is_killed_after()
    {
        Write("wire", "network", "attach detach gc", ShellPlugins.Network(Calls));
        Write("ram", "storage", "attach detach", ShellPlugins.Storage(Calls, Path.Combine(Scratch, "volume")));
        var before = Snapshot();
        var record = 1;
        while (RunWithFault(record) != 0)
        {
            Engine.Run("ps", "-aq").ShouldSucceed();
            AssertSame(before, $"record {record}");
            Assert.False(Directory.Exists(Path.Combine(Scratch, "volume")));
            Assert.True(++record < MaximumRecords, "the run never got past its records");
        }

        Assert.True(record > 10, $"only {record - 1} records: the fault was not met");
        Assert.Contains("net.gc", File.ReadAllText(Calls));
    }

    [Fact]
    public void Explaining_asks_a_plugin_that_can_for_its_own_steps_and_changes_nothing()
    {
        Write("wire", "network", "attach detach", $$$"""
            {{{ShellPlugins.Head(Calls)}}}
            case $request in *'"dryRun":true'*) ;; *) exit 9 ;; esac
            echo '{"ok":true,"result":{"steps":[{"why":"a wire","shell":"ip link add wire type veth"}]}}'
            """, ("dryRun", true));
        Write("other", "network", "attach detach", ShellPlugins.Network(Calls));

        var plan = Engine.Run("run", "--dry-run", "--net", "wire", "--net", "other,ip=192.0.2.9/24", "busybox", "true").ShouldSucceed().Stdout;

        Assert.Contains("net.0.attach: plugin wire connects eth0", plan);
        Assert.Contains("$ ip link add wire type veth   # a wire", plan);
        Assert.Contains("net.1.attach: plugin other connects eth1", plan);
        Assert.Equal(["net.attach"], File.ReadAllLines(Calls));
    }

    [Fact]
    public void Options_are_held_against_the_schema_before_anything_is_called()
    {
        Write("wire", "network", "attach detach", ShellPlugins.Network(Calls), ("optionsSchema", JsonNode.Parse("""
            {"type":"object","properties":{"ip":{"type":"string","pattern":"^[0-9.]+/[0-9]+$"},"vlan":{"type":"integer"},"mode":{"enum":["a","b"]}},"required":["ip"],"additionalProperties":false}
            """)));

        var told = Engine.Run("run", "--rm", "--net", "wire,vlan=x,mode=c,foo=1", "busybox", "true").ShouldExit(125).Stderr;

        Assert.Contains("vlan=x: it is a number", told);
        Assert.Contains("mode=c: it is one of a b", told);
        Assert.Contains("foo: no such option", told);
        Assert.Contains("ip= is missing", told);
        Assert.Contains("hint: options of plugin wire: ip vlan mode", told);
        Assert.False(File.Exists(Calls));
    }

    [Fact]
    public void A_run_without_plugins_looks_for_none()
    {
        var trace = Path.Combine(Scratch, "trace");
        HostCommand.Run(
            "strace", "-f", "-o", trace, "env", $"MINIDOCK_PLUGIN_PATH={Place}", Minidock.Binary, "--root", Engine.Root, "--run-root", Engine.RunRoot, "run", "--rm", "busybox", "true").ShouldSucceed();

        var text = File.ReadAllText(trace);
        File.Delete(trace);
        Assert.Contains("clone3(", text);
        Assert.DoesNotContain("minidock-plugin.json", text);
        Assert.DoesNotContain("openat(AT_FDCWD, \"" + Place, text);
        Assert.DoesNotContain("minidock/plugins", text);
    }

    [Fact]
    public void A_name_that_nobody_has_is_told_with_the_names_of_plugins()
    {
        Write("wire", "network", "attach detach", ShellPlugins.Network(Calls));

        var told = Engine.Run("run", "--rm", "--net", "wired", "busybox", "true").ShouldExit(125).Stderr;

        Assert.Contains("network wired: not found", told);
        Assert.Matches("providers here: .* wire(\\s|$)", told);
    }

    private int RunWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("run", "--rm", "--net", Spec, "--mount", "type=ram,dst=/r,size=64k", "busybox", "true").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
