using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>A container that never stops writing (SECURITY C10).</summary>
public sealed class MuchOutputTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string TwoGigabytes = "yes $(head -c 4095 /dev/zero | tr '\\0' x) | head -c 2147483648; echo; echo the end";

    [Fact]
    public void Two_gigabytes_of_lines_stay_within_the_cap_and_never_block_though_a_client_is_attached_that_does_not_read()
    {
        Run("zion", "-i", "--log-opt", "max-size=1m", "--log-opt", "max-file=3", "busybox", "sh", "-c", $"read line; {TwoGigabytes}");
        using var deaf = Engine.Start("attach", "zion");
        using var writer = Engine.Start("attach", "zion");
        writer.Write("go\n");
        writer.WaitForOutput("x");
        Processes.TryKill(writer.Pid, Signal.SIGKILL);
        deaf.Signal("STOP");

        using var wait = Engine.Start("wait", "zion");
        Assert.Equal("0", wait.Wait(TimeSpan.FromMinutes(3)).ShouldSucceed().Text);

        var files = Directory.GetFiles(Path.Combine(Engine.Root, "containers"), "*json.log*", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, 1 << 20));
        Assert.Equal("the end", Engine.Run("logs", "--tail", "1", "zion").ShouldSucceed().Text);
    }
}
