using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Vm;

/// <summary>C11: a reboot, and a power cut, which is the harder one.</summary>
public sealed class RebootTests : IDisposable
{
    private const string Run = "$md run -d --net none --name";

    private readonly string _directory = Directory.CreateDirectory($"/var/tmp/minidock-vm-{Guid.NewGuid():n}"[..24]).FullName;

    [Fact]
    public void After_a_reboot_all_have_exited_and_those_that_should_be_up_are_started_by_one_command()
    {
        using var machine = new VirtualMachine(_directory);
        machine.Boot(
            $"""
            set -e
            $md import /repository/out/busybox.tar
            {Run} always --restart always busybox sleep 1000
            {Run} unless --restart unless-stopped busybox sleep 1000
            {Run} stopped --restart unless-stopped busybox sleep 1000
            {Run} failing --restart on-failure busybox sleep 1000
            {Run} never --hook-post-stop 'echo post > /var/lib/minidock/witness' busybox sleep 1000
            {Run} gone --rm busybox sleep 1000
            $md create --net none --name fresh --restart always busybox sleep 1000
            $md stop -t 0 stopped
            $md exec always touch /kept
            sync
            echo b > /proc/sysrq-trigger
            sleep 60
            """).ShouldExit(125);

        var after = machine.Boot(
            """
            $md ps -a --format '{{.Names}} {{.State}}'
            echo "running: $($md ps -q | wc -l)"
            $md start --restart-policy
            echo "now:" $($md ps --format '{{.Names}}')
            $md exec always ls /kept
            $md start never && $md exec never true && echo started
            $md rm -f $($md ps -aq)
            ls /var/lib/minidock/containers /run/minidock/containers /run/minidock/locks
            """).ShouldSucceed();

        Assert.Equal(
            """
            fresh created
            never exited
            failing exited
            stopped exited
            unless exited
            always exited
            """.Split('\n'),
            after.Lines[..6]);
        Assert.Equal("running: 0", after.Lines[6]);
        Assert.Equal(["always", "unless"], after.Lines[7..9].Order());
        Assert.Equal("now: unless always", after.Lines[9]);
        Assert.Contains("/kept", after.Lines);
        Assert.Contains("started", after.Lines);
        Assert.Equal(["/run/minidock/containers:", "/run/minidock/locks:", "/var/lib/minidock/containers:"], after.Lines[^3..].Order());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
