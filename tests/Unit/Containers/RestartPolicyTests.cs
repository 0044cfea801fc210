using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Monitor;

namespace MiniDock.Tests.Unit.Containers;

public sealed class RestartPolicyTests
{
    [Theory]
    [InlineData("no", 0, 1, 0, false, false)]
    [InlineData("always", 0, 0, 99, false, true)]
    [InlineData("always", 0, 0, 0, true, false)]
    [InlineData("unless-stopped", 0, 1, 5, false, true)]
    [InlineData("unless-stopped", 0, 1, 5, true, false)]
    [InlineData("on-failure", 0, 0, 0, false, false)]
    [InlineData("on-failure", 0, 3, 1000, false, true)]
    [InlineData("on-failure", 2, 3, 1, false, true)]
    [InlineData("on-failure", 2, 3, 2, false, false)]
    public void A_policy_decides_as_docker_does(string name, int retries, int exitCode, int restarts, bool stoppedByHand, bool again) =>
        Assert.Equal(again, new RestartPolicy(name, retries).Restarts(exitCode, restarts, stoppedByHand));

    [Fact]
    public void The_pause_doubles_up_to_a_minute_and_begins_anew_after_a_steady_run()
    {
        var backOff = new RestartBackOff();

        Assert.Equal([100, 200, 400, 800], new[] { 0L, 0, 0, 0 }.Select(backOff.Next));
        for (var i = 0; i < 20; i++)
        {
            backOff.Next(0);
        }

        Assert.Equal(60_000, backOff.Next(0));
        Assert.Equal(100, backOff.Next(10_000));
    }
}
