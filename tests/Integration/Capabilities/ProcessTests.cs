using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class ProcessTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void The_command_is_process_one() => Assert.Equal("1", Engine.RunRm("busybox", "sh", "-c", "echo $$").Text);

    [Fact]
    public void It_can_start_one_process_after_another() => Engine.RunRm("busybox", "sh", "-c", "ls / && ls / && ls /");

    [Fact]
    public void It_sees_its_own_processes_only()
    {
        var processes = Engine.RunRm("busybox", "ps", "-o", "pid,comm").Lines;
        Assert.Equal(2, processes.Length);
        Assert.Equal("1 ps", processes[1]);
    }

    [Fact]
    public void Inspect_gives_the_hosts_id_of_its_first_process()
    {
        using var container = Engine.Start("run", "--rm", "-i", "--name", "zion", "busybox", "sh", "-c", "echo ready; exec cat");
        container.WaitForOutput("ready");
        var view = ContainerView.Of(Engine, "zion");
        Assert.Equal("cat", view.Proc("comm").Trim());
        Assert.Contains($"NSpid:\t{view.Pid}\t1", view.Proc("status"));
        container.CloseStdin();
        container.Wait().ShouldSucceed();
    }
}
