using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Third-party hooks (<c>--hook</c>) and cgroup providers (<c>--cgroup-driver</c>).</summary>
public sealed class HookPluginTests(MinidockFixture fixture) : PluginTest(fixture)
{
    [Fact]
    public void A_hook_adds_to_the_container_before_it_is_made_and_is_told_of_each_point_of_its_life()
    {
        File.WriteAllText(Path.Combine(Place, "motd"), "welcome\n");
        Write("watch", "hook", "precreate poststart prestop poststop", Adjusting($$$"""{"env":{"COLOR":"blue"},"labels":{"watched":"yes"},"devices":["/dev/fuse"],"mounts":[{"source":"{{{Place}}}/motd","target":"/etc/motd","readOnly":true}]}"""));

        Run("zion", "--hook", "watch,level=3", "busybox", "sh", "-c", "echo $COLOR; cat /etc/motd; ls /dev/fuse; sleep 1000");
        Eventually.True(() => Engine.Run("logs", "zion").Lines.Length == 3, "it has written");
        Assert.Equal(["blue", "welcome", "/dev/fuse"], Engine.Run("logs", "zion").Lines);
        Assert.Equal("yes", Inspect("zion", "{{.Config.Labels.watched}}"));
        Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();

        Assert.Equal(["hook.precreate", "hook.poststart", "hook.prestop", "hook.poststop"], File.ReadAllLines(Calls));
    }

    [Fact]
    public void Two_hooks_that_disagree_make_no_container_and_what_they_say_alike_is_fine()
    {
        Write("a", "hook", "precreate", Adjusting("""{"env":{"COLOR":"blue","SAME":"1"}}"""));
        Write("b", "hook", "precreate", Adjusting("""{"env":{"COLOR":"red","SAME":"1"},"mounts":[{"source":"/","target":"/mnt"}]}"""));

        Assert.Contains("hooks a and b: EEXIST (variable COLOR: they disagree)", Engine.Run("run", "--rm", "--hook", "a", "--hook", "b", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("the container has one there", Engine.Run("run", "--rm", "--tmpfs", "/mnt", "--hook", "b", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("hook nosuch: not found", Engine.Run("run", "--rm", "--hook", "nosuch", "busybox", "true").ShouldExit(125).Stderr);
    }

    [Fact]
    public void A_hook_that_refuses_makes_no_container_and_one_that_fails_later_ends_none()
    {
        Write("no", "hook", "precreate", ShellPlugins.Head(Calls) + """echo '{"ok":false,"error":{"code":"EPERM","message":"not on Sundays"}}'""");
        Write("late", "hook", "poststart poststop", ShellPlugins.Head(Calls) + "exit 3\n");

        Assert.Contains("plugin no hook.precreate: EPERM (not on Sundays)", Engine.Run("run", "--rm", "--hook", "no", "busybox", "true").ShouldExit(125).Stderr);
        var outcome = Engine.RunRm("--hook", "late", "busybox", "echo", "done");

        Assert.Equal("done", outcome.Text);
        Assert.Contains("plugin late hook.poststart: EPIPE", outcome.Stderr);
        Assert.Contains("plugin late hook.poststop: EPIPE", outcome.Stderr);
    }

    [Fact]
    public void A_cgroup_provider_says_what_is_written_and_the_engine_writes_it()
    {
        Write("tier", "cgroup", "plan", ShellPlugins.Head(Calls) + """
            case $request in *'"memory":{"limit":'*) ;; *) exit 9 ;; esac
            echo '{"ok":true,"result":{"v1":{"memory":{"memory.soft_limit_in_bytes":"33554432"}},"v2":{"memory.low":"33554432"},"parent":"gold"}}'
            """);

        Run("zion", "--mem", "64M", "--cgroup-driver", "tier", "--label", "tier=gold", "busybox", "sleep", "1000");

        var group = ContainerView.Of(Engine, "zion").Proc("cgroup").Split('\n').First(l => l.Contains("/gold/", StringComparison.Ordinal));
        var path = group[(group.IndexOf(":/", StringComparison.Ordinal) + 1)..];
        var file = new[] { $"/sys/fs/cgroup/memory{path}/memory.soft_limit_in_bytes", $"/sys/fs/cgroup{path}/memory.low" }.First(File.Exists);
        Assert.Equal("33554432", File.ReadAllText(file).Trim());
        Engine.Run("update", "--mem", "128M", "zion").ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("cgroup.procs", "not a file that it may write")]
    [InlineData("../memory.limit_in_bytes", "not a file that it may write")]
    public void A_cgroup_provider_writes_nothing_but_limits(string file, string told)
    {
        Write("tier", "cgroup", "plan", ShellPlugins.Head(Calls) + $$$$"""echo '{"ok":true,"result":{"v1":{"memory":{"{{{{file}}}}":"0"}},"v2":{"{{{{file}}}}":"0"}}}'""");

        Assert.Contains(told, Engine.Run("run", "--rm", "--cgroup-driver", "tier", "busybox", "true").ShouldExit(125).Stderr);
    }

    private string Adjusting(string adjustment) => ShellPlugins.Head(Calls) + $$$$"""
        case $op in
        hook.precreate) echo '{"ok":true,"result":{"adjust":{{{{adjustment}}}}}}' ;;
        *) echo '{"ok":true}' ;;
        esac
        """;
}
