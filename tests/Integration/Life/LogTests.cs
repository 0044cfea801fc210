using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

public sealed class LogTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Both_streams_are_kept_apart()
    {
        Run("zion", "busybox", "sh", "-c", "echo out; echo err >&2");
        Engine.Run("wait", "zion").ShouldSucceed();

        var logs = Engine.Run("logs", "zion").ShouldSucceed();
        Assert.Equal("out\n", logs.Stdout);
        Assert.Equal("err\n", logs.Stderr);
    }

    [Fact]
    public void Tail_shows_the_last_lines_and_timestamps_come_first()
    {
        Run("zion", "busybox", "seq", "100");
        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Equal(["99", "100"], Engine.Run("logs", "--tail", "2", "zion").Lines);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z 100$", Engine.Run("logs", "-t", "-n", "1", "zion").Text);
        Assert.Empty(Engine.Run("logs", "--until", "1h", "zion").Text);
        Assert.Equal(100, Engine.Run("logs", "--since", "1h", "zion").Lines.Length);
    }

    [Fact]
    public void Follow_shows_what_comes_and_ends_with_the_container()
    {
        Run("zion", "-i", "busybox", "sh", "-c", "echo first; read line; echo second");
        using var logs = Engine.Start("logs", "-f", "zion");
        logs.WaitForOutput("first");
        Assert.DoesNotContain("second", logs.Stdout);

        using var attached = Engine.Start("attach", "zion");
        attached.Write("go\n");

        Assert.Equal(["first", "second"], logs.Wait().ShouldSucceed().Lines);
        attached.Wait().ShouldSucceed();
    }

    [Fact]
    public void Much_output_stays_within_the_cap_and_never_blocks_the_container()
    {
        Run("zion", "--log-opt", "max-size=100k", "--log-opt", "max-file=2", "busybox", "sh", "-c", "seq 300000; echo the end");

        Assert.Equal("0", Engine.Run("wait", "zion").ShouldSucceed().Text);
        var files = Directory.GetFiles(Path.Combine(Engine.Root, "containers"), "*json.log*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, 100 * 1024));
        Assert.Equal("the end", Engine.Run("logs", "--tail", "1", "zion").Text);
    }

    [Fact]
    public void A_container_without_log_leaves_no_file_and_says_so()
    {
        Run("zion", "--log-driver", "none", "busybox", "echo", "lost");
        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Contains("log driver is none", Engine.Run("logs", "zion").ShouldExit(1).Stderr);
    }
}
