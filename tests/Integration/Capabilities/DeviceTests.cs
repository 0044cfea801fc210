using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class DeviceTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("head -c 1 /dev/urandom | wc -c", "1")]
    [InlineData("head -c 1 /dev/zero | wc -c", "1")]
    [InlineData("echo x > /dev/null; echo $?", "0")]
    [InlineData("ls /dev | grep -c -E '^(null|zero|full|random|urandom|tty|ptmx|pts|shm|mqueue|fd|stdin|stdout|stderr)$'", "14")]
    public void The_usual_devices_work(string script, string expected) =>
        Assert.Equal(expected, Engine.RunRm("busybox", "sh", "-c", script).Text);

    [Fact]
    public void A_device_that_is_not_allowed_cannot_be_opened()
    {
        var outcome = Engine.Run("run", "--rm", "--cap-add", "MKNOD", "busybox", "sh", "-c", "mknod /mem c 1 1 && head -c 1 /mem");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("head: /mem: Operation not permitted", outcome.Stderr);
    }

    [Fact]
    public void A_device_that_was_asked_for_can_be_opened() =>
        Assert.Equal("crw-rw-rw-", Engine.RunRm("--device", "/dev/null:/dev/other", "busybox", "sh", "-c", ": < /dev/other && ls -l /dev/other").Text[..10]);
}
