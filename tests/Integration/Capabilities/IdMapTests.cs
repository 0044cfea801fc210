using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class IdMapTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Root_inside_is_an_ordinary_user_of_the_host()
    {
        using var container = Engine.Start("run", "--rm", "-i", "--name", "c1", "--uidmap", "0:1000:1", "busybox", "sh", "-c", "id -u; exec cat");
        container.WaitForOutput("0\n");
        Assert.Contains("Uid:\t1000\t1000\t1000\t1000", ContainerView.Of(Engine, "c1").Proc("status"));
        container.CloseStdin();
        container.Wait().ShouldSucceed();
    }

    [Fact]
    public void Records_of_a_map_are_joined_by_commas_or_given_one_by_one()
    {
        string[] expected = ["0 1000 1", "1 200000 5000"];
        Assert.Equal(expected, Words(Engine.RunRm("--uidmap", "0:1000:1,1:200000:5000", "busybox", "cat", "/proc/self/uid_map")));
        Assert.Equal(expected, Words(Engine.RunRm(
            "--uidmap", "0:1000:1", "--uidmap", "1:200000:5000", "--gidmap", "0:1000:1,1:200000:5000", "busybox", "cat", "/proc/self/gid_map")));
    }

    [Fact]
    public void Without_a_map_everybody_is_65534() =>
        Assert.Equal("65534", Engine.RunRm("--uidmap", "none", "busybox", "id", "-u").Text);

    private static IEnumerable<string> Words(Outcome outcome) =>
        outcome.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
