using System.Globalization;
using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Service;

/// <summary>What a service manager hears of a container.</summary>
public sealed class NotifyTests : LifeTest
{
    private readonly NotifySocket _manager;

    public NotifyTests(MinidockFixture fixture)
        : base(fixture)
    {
        _manager = new NotifySocket(Path.Combine(Scratch, "notify"));
        Engine.Variables["NOTIFY_SOCKET"] = _manager.Path;
    }

    [Fact]
    public void The_monitor_of_a_detached_container_tells_that_it_is_ready_and_that_it_is_the_main_process()
    {
        Run("zion", "busybox", "sleep", "1000");

        Assert.Equal($"READY=1\nMAINPID={Monitor("zion")}", _manager.Receive());
        Assert.False(_manager.HasMessage);
    }

    [Fact]
    public void Start_tells_the_same_and_the_container_sees_nothing_of_it()
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "sh", "-c", "env; exec sleep 1000").ShouldSucceed();
        Assert.False(_manager.HasMessage);

        Engine.Run("start", "zion").ShouldSucceed();

        Assert.StartsWith("READY=1\nMAINPID=", _manager.Receive());
        Eventually.True(() => Engine.Run("logs", "zion").Stdout.Contains("PATH="), "it has written its environment");
        Assert.DoesNotContain("NOTIFY_SOCKET", Engine.Run("logs", "zion").Stdout);
    }

    [Fact]
    public void A_run_in_the_foreground_is_the_main_process_itself()
    {
        using var running = Engine.Start("run", "--rm", "-i", "--net", "none", "busybox", "cat");

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"READY=1\nMAINPID={running.Pid}"), _manager.Receive());
        running.CloseStdin();
        running.Wait().ShouldSucceed();
    }

    [Fact]
    public void A_container_tells_of_its_own_state_and_of_nothing_else()
    {
        // syslog(3) sends datagrams to /dev/log: the only program of busybox that sends any to a path.
        const string tell = "ln -s $NOTIFY_SOCKET /dev/log; logger \"$(printf 'x\\nMAINPID=1\\nFDSTORE=1\\nREADY=1\\nSTATUS=well')\"; exec sleep 1000";
        Run("zion", "--user", "0", "--sdnotify", "container", "busybox", "sh", "-c", tell);

        string[] messages = [_manager.Receive(), _manager.Receive()];

        Assert.Contains($"MAINPID={Monitor("zion")}", messages);
        Assert.Contains("READY=1\nSTATUS=well", messages);
        Assert.False(_manager.HasMessage);
    }

    [Fact]
    public void Without_a_manager_a_container_that_would_tell_gets_no_socket()
    {
        Engine.Variables.Remove("NOTIFY_SOCKET");

        Assert.Equal("none", Engine.RunRm("--net", "none", "--sdnotify", "container", "busybox", "sh", "-c", "echo ${NOTIFY_SOCKET:-none}; test ! -e /run/notify").Text);
    }

    [Fact]
    public void A_container_is_ready_once_it_is_healthy()
    {
        Run("zion", "--sdnotify", "healthy", "--health-cmd", "test -e /well", "--health-interval", "50ms", "busybox", "sleep", "1000");
        Assert.Equal($"MAINPID={Monitor("zion")}", _manager.Receive());
        Eventually.True(() => Inspect("zion", "{{.State.Health.FailingStreak}}") is not "0", "a check has failed");
        Assert.False(_manager.HasMessage);

        Engine.Run("exec", "zion", "touch", "/well").ShouldSucceed();

        Assert.Equal($"READY=1\nMAINPID={Monitor("zion")}", _manager.Receive());
    }

    [Fact]
    public void Nothing_is_told_where_it_is_to_be_ignored()
    {
        Run("zion", "--sdnotify", "ignore", "busybox", "sleep", "1000");
        Run("moon", "busybox", "sleep", "1000");

        Assert.Equal($"READY=1\nMAINPID={Monitor("moon")}", _manager.Receive());
    }

    [Theory]
    [InlineData("exit 7", false, 7)]
    [InlineData("exec sleep 1000", true, 0)]
    public void The_main_process_ends_as_the_container_does_and_well_where_it_was_stopped(string command, bool stops, int code)
    {
        // As systemd does: the monitor becomes a child of ours when the command that started it ends.
        Processes.SetChildSubreaper(true);
        try
        {
            Run("zion", "busybox", "sh", "-c", $"sleep 0.3; {command}");
            var monitor = int.Parse(_manager.Receive().Split("MAINPID=")[1], CultureInfo.InvariantCulture);
            using var pidFd = Processes.PidfdOpen(monitor);
            if (stops)
            {
                Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
            }

            Assert.Equal(code, Processes.WaitId(pidFd)!.Value.ShellExitCode);
        }
        finally
        {
            Processes.SetChildSubreaper(false);
        }
    }

    [Fact]
    public void An_unknown_mode_is_refused() =>
        Assert.Contains("--sdnotify loud", Engine.Run("run", "--sdnotify", "loud", "busybox", "true").ShouldExit(125).Stderr);

    protected override void TearDown()
    {
        Engine.Variables.Remove("NOTIFY_SOCKET");
        _manager.Dispose();
        base.TearDown();
    }

    private string Monitor(string name) =>
        ContainerView.Of(Engine, name).Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();
}
