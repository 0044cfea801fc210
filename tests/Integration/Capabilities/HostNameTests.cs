using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class HostNameTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void The_host_name_is_the_one_that_was_asked_for() =>
        Assert.Equal("zion", Engine.RunRm("--hostname", "zion", "busybox", "hostname").Text);

    [Fact]
    public void Setting_the_name_inside_does_not_rename_the_host()
    {
        var before = HostCommand.Run("hostname").Text;
        Engine.Run("run", "--rm", "--cap-add", "SYS_ADMIN", "busybox", "hostname", "renamed").ShouldSucceed();
        Assert.Equal(before, HostCommand.Run("hostname").Text);
    }
}
