using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Tests.Unit.Usage;

public sealed class ProcFileTests
{
    [Theory]
    [InlineData("sleep")]
    [InlineData("a) b (c")]
    [InlineData("")]
    public void The_fields_of_a_process_are_found_whatever_its_name_is(string name)
    {
        var stat = ProcessStat.Parse($"77 ({name}) S 5 77 77 34816 77 4194304 1 2 3 4 10 20 30 40 20 0 3 0 999 2320000 300 18446744073709551615 1 1 0\n")!;

        Assert.Equal((name, 5, 34816), (stat.Name, stat.ParentPid, stat.Terminal));
        Assert.Equal((30L, 70L, 3L, 999L, 300L), (stat.OwnTicks, stat.ChildTicks, stat.Threads, stat.StartTicks, stat.ResidentPages));
    }

    [Theory]
    [InlineData("")]
    [InlineData("77 (sleep")]
    [InlineData("77 (sleep) S 5")]
    public void A_file_that_was_cut_short_is_none(string text) => Assert.Null(ProcessStat.Parse(text));

    [Fact]
    public void Links_are_summed_up_without_the_loopback()
    {
        string[] lines =
        [
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
            "    lo:    9000      10    0    0    0     0          0         0     9000      10    0    0    0     0       0          0",
            "  eth0:    1000      10    0    0    0     0          0         0      200       2    0    0    0     0       0          0",
            "eth1.5:       5       1    0    0    0     0          0         0        7       1    0    0    0     0       0          0",
        ];

        Assert.Equal(new NetworkCounters(1005, 207), NetworkCounters.Parse(lines));
    }

    [Fact]
    public void The_numbers_of_this_very_process_can_be_read()
    {
        var stat = ProcessStat.Read(Environment.ProcessId)!;

        Assert.True(stat.Threads >= 1 && stat.ResidentPages > 0);
        Assert.Null(ProcessStat.Read(int.MaxValue));
    }
}
