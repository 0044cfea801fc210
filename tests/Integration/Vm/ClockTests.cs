using System.Globalization;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Vm;

/// <summary>C12: the clock jumps by a year, to either side, while something waits.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory($"/var/tmp/minidock-vm-{Guid.NewGuid():n}"[..24]).FullName;

    [Theory]
    [InlineData("+1 year")]
    [InlineData("-1 year")]
    public void A_stop_waits_as_long_as_it_should(string jump)
    {
        using var machine = new VirtualMachine(_directory);

        // What takes its time is told by the clock that does not jump, in hundredths of a second.
        var outcome = machine.Boot(
            $$$"""
            set -e
            now() { sed 's/\.//; s/ .*//' /proc/uptime; }
            $md import /repository/out/busybox.tar > /dev/null
            $md run -d --net none --name zion --health-cmd true --health-interval 200ms busybox sh -c 'trap "" TERM; echo deaf; while :; do sleep 1; done' > /dev/null
            until $md logs zion | grep -q deaf; do sleep 0.1; done
            from=$(now)
            $md stop -t 8 zion > /dev/null &
            sleep 1
            date -s '{{{jump}}}' > /dev/null
            checks=$($md inspect -f '{{json .State.Health}}' zion)
            until [ "$checks" != "$($md inspect -f '{{json .State.Health}}' zion)" ]; do sleep 0.1; done
            $md inspect -f '{{.State.Status}}' zion
            wait
            echo $(($(now) - from))
            $md inspect -f '{{.State.ExitCode}}' zion
            """).ShouldSucceed();

        // Its health was checked on, and it was not killed before its time.
        Assert.Equal("running", outcome.Lines[0]);
        Assert.InRange(int.Parse(outcome.Lines[1], CultureInfo.InvariantCulture), 800, 20_000);
        Assert.Equal("137", outcome.Lines[2]);
    }

    [Fact]
    public void A_restart_comes_after_its_pause_though_the_clock_goes_back()
    {
        using var machine = new VirtualMachine(_directory);
        var outcome = machine.Boot(
            """
            set -e
            $md import /repository/out/busybox.tar > /dev/null
            $md run -d --net none --name zion --restart always busybox sh -c 'echo run; exit 1' > /dev/null
            until [ $($md logs zion | wc -l) -ge 3 ]; do sleep 0.1; done
            date -s '-1 year' > /dev/null
            runs=$($md logs zion | wc -l)
            until [ $($md logs zion | wc -l) -gt $runs ]; do sleep 0.1; done
            echo again
            $md rm -f zion > /dev/null
            """).ShouldSucceed();

        Assert.Equal(["again"], outcome.Lines);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
