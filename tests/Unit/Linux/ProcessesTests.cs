using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class ProcessesTests
{
    [Theory]
    [InlineData("12 (sh) S 1 12 12 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 2 3\n", 987654UL)]
    [InlineData("12 (a) b (c) S 1 12 12 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 42", 42UL)]
    public void The_start_time_is_found_behind_any_program_name(string stat, ulong expected) =>
        Assert.Equal(expected, Processes.ParseStartTime(System.Text.Encoding.ASCII.GetBytes(stat)));

    [Theory]
    [InlineData("")]
    [InlineData("12 (sh) S 1 2 3")]
    public void A_cut_line_has_no_start_time(string stat) =>
        Assert.Null(Processes.ParseStartTime(System.Text.Encoding.ASCII.GetBytes(stat)));

    [Fact]
    public void A_process_has_a_start_time_as_long_as_it_is_there()
    {
        Assert.NotNull(Processes.StartTime(Environment.ProcessId));
        Assert.Null(Processes.StartTime(int.MaxValue));
        Assert.Equal(36, Processes.BootId().Length);
    }

    [Fact]
    public void A_descriptor_of_a_process_outlives_it()
    {
        using Process process = Process.Start("sleep", "1000");
        using SafeFileHandle pidfd = Processes.PidfdOpen(process.Id);
        Processes.PidfdSendSignal(pidfd, Signal.SIGKILL);
        Assert.True(Polling.WaitFor(pidfd, PollEvents.Read, -1));
        process.WaitForExit();
        Assert.Equal(Errno.ESRCH, Processes.TryPidfdSendSignal(pidfd, Signal.None));
    }

    [Fact]
    public void Limits_and_processors_are_read()
    {
        ResourceLimit limit = Processes.GetRlimit(Resource.OpenFiles);
        Assert.InRange(limit.Soft, 1UL, limit.Hard);
        Assert.NotEmpty(Processes.SchedAffinity());
        Assert.All(Processes.SchedAffinity(), cpu => Assert.True(Path.Exists($"/sys/devices/system/cpu/cpu{cpu}")));
    }

    [Fact]
    public void A_limit_that_cannot_be_set_is_told_with_its_values()
    {
        var e = Assert.Throws<LinuxException>(() => Processes.SetRlimit(Resource.OpenFiles, new ResourceLimit(2, 1)));
        Assert.Equal("set resource limit OpenFiles: EINVAL (invalid argument) [soft 2, hard 1]", e.Message);
    }

    [Theory]
    [InlineData("9", 9)]
    [InlineData("kill", 9)]
    [InlineData("SIGTERM", 15)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("rtmax-1", 63)]
    [InlineData("RTMIN", 34)]
    public void Signals_are_read_as_users_write_them(string text, int number)
    {
        Assert.True(SignalNames.TryParse(text, out Signal signal));
        Assert.Equal(number, (int)signal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("SIG")]
    [InlineData("SIGNOPE")]
    [InlineData("RTMIN+31")]
    [InlineData("RTMIN-1")]
    [InlineData("RTMAX+1")]
    public void What_is_no_signal_is_refused(string text) => Assert.False(SignalNames.TryParse(text, out _));

    [Fact]
    public void Names_of_signals_are_read_back()
    {
        for (int number = 1; number <= 64; number++)
        {
            string name = SignalNames.Name((Signal)number);
            Assert.True(SignalNames.TryParse(name, out Signal signal), name);
            Assert.Equal(number, (int)signal);
        }
    }

    [Fact]
    public void Capabilities_are_named_as_the_kernel_does()
    {
        foreach (Capability capability in Enum.GetValues<Capability>())
        {
            Assert.Equal(capability.ToString(), Capabilities.Name(capability));
            Assert.True(Capabilities.TryParse(capability.ToString()[4..].ToLowerInvariant(), out Capability parsed));
            Assert.Equal(capability, parsed);
        }

        Assert.False(Capabilities.TryParse("ALL", out _));
        Assert.Equal(["CAP_CHOWN", "CAP_NET_RAW"], Capabilities.NamesOf(0x2001));
        Assert.Equal(Capabilities.All, Capabilities.All & 0x1FF_FFFF_FFFF);
    }
}
