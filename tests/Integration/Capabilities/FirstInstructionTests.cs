using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class FirstInstructionTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private const int Runs = 1000;

    [Fact]
    public void Maps_and_limits_hold_at_the_first_instruction_a_thousand_times()
    {
        // One shell makes the runs: the harness around each would take longer than the run.
        var minidock = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot}";
        using var shell = RunningCommand.Start("sh", ["-ec", $"""
            i=0
            while [ $i -lt {Runs} ]; do
              {minidock} run --rm --net none --mem 100M --uidmap 0:1000:1 --gidmap 0:1000:1 busybox sh -c \
                'echo $(id -u) $(cat /proc/self/uid_map) $(cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null)'
              i=$((i + 1))
            done | sort | uniq -c
            """]);
        var seen = shell.Wait(TimeSpan.FromMinutes(10)).ShouldSucceed().Lines;
        Assert.Equal([$"{Runs} 0 0 1000 1 104857600"], seen);
    }
}
