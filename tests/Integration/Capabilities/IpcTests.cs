using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class IpcTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private const string Queues = "/proc/sysvipc/msg";

    [Fact]
    public void A_message_queue_of_the_host_is_not_seen()
    {
        var id = HostCommand.Shell("ipcmk -Q").Text.Split(' ')[^1];
        try
        {
            Assert.Contains($" {id} ", File.ReadAllText(Queues));
            Assert.Single(Engine.RunRm("busybox", "cat", Queues).Lines);
            Assert.True(Engine.RunRm("--ipc", "host", "busybox", "cat", Queues).Lines.Length > 1);
        }
        finally
        {
            HostCommand.Run("ipcrm", "-q", id);
        }
    }
}
