using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;
using MiniDock.Tests.Unit.Creation;

namespace MiniDock.Tests.Unit.Containers;

public sealed class ContainerTargetTests
{
    private static readonly ContainerState Here = new()
    {
        Status = ContainerStatus.Running,
        Pid = Environment.ProcessId,
        PidStartTime = Processes.StartTime(Environment.ProcessId)!.Value,
        BootId = Processes.BootId(),
    };

    [Fact]
    public void A_running_container_is_opened()
    {
        using var target = ContainerTarget.Open(With(Here));
        Assert.True(target.IsAlive);
        Assert.Empty(target.ForeignNamespaces());
    }

    [Fact]
    public void A_paused_container_is_not_entered()
    {
        var paused = With(Here with { Status = ContainerStatus.Paused });
        var error = Assert.Throws<EngineException>(() => ContainerTarget.Open(paused));
        Assert.Equal(1, error.ExitCode);
        Assert.EndsWith(": EBUSY (is paused)", error.Message);
        using var looked = ContainerTarget.Open(paused, evenPaused: true);
    }

    [Fact]
    public void A_process_of_the_same_number_is_not_taken_for_the_containers()
    {
        ContainerState[] others =
        [
            Here with { PidStartTime = Here.PidStartTime + 1 }, Here with { BootId = "another" }, Here with { Pid = 0 },
            Here with { Status = ContainerStatus.Exited },
        ];
        Assert.All(others, state =>
        {
            var error = Assert.Throws<EngineException>(() => ContainerTarget.Open(With(state)));
            Assert.Equal(1, error.ExitCode);
            Assert.EndsWith(": ESRCH (is not running)", error.Message);
        });
    }

    private static Container With(ContainerState state) => new(new Given().Spec("--name zion"), state);
}
