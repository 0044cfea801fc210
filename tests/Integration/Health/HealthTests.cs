using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Health;

public sealed class HealthTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void A_check_that_succeeds_makes_it_healthy_and_one_that_fails_often_enough_unhealthy()
    {
        Run("zion", "--health-cmd", "echo looked; test -e /well", "--health-interval", "100ms", "--health-retries", "2", "busybox", "sh", "-c", "touch /well; exec sleep 1000");
        WaitForHealth("zion", "healthy");
        Assert.Contains("(healthy)", Engine.Run("ps", "--format", "{{.Status}}").Text);
        Assert.Equal("looked", Inspect("zion", "{{(index .State.Health.Log 0).Output}}"));

        Engine.Run("exec", "zion", "rm", "/well").ShouldSucceed();

        WaitForHealth("zion", "unhealthy");
        Assert.Contains("(unhealthy)", Engine.Run("ps", "--format", "{{.Status}}").Text);
        Assert.Equal("zion", Engine.Run("ps", "--filter", "health=unhealthy", "--format", "{{.Names}}").ShouldSucceed().Text);
        Assert.Equal("", Engine.Run("ps", "-q", "--filter", "health=healthy").ShouldSucceed().Text);

        Engine.Run("exec", "zion", "touch", "/well").ShouldSucceed();

        WaitForHealth("zion", "healthy");
        Assert.Equal("0", Inspect("zion", "{{.State.Health.FailingStreak}}"));
    }

    [Fact]
    public void The_last_five_results_are_kept()
    {
        Run("zion", "--health-cmd", "cat /proc/uptime", "--health-interval", "50ms", "busybox", "sleep", "1000");

        Eventually.True(() => Inspect("zion", "{{len .State.Health.Log}}") == "5", "five results are there");
        var oldest = Inspect("zion", "{{(index .State.Health.Log 0).Output}}");
        Eventually.True(() => Inspect("zion", "{{(index .State.Health.Log 0).Output}}") != oldest, "the oldest goes");
        Assert.Equal("5", Inspect("zion", "{{len .State.Health.Log}}"));
    }

    [Fact]
    public void A_check_that_takes_too_long_is_killed_with_what_it_started()
    {
        Run("zion", "--health-cmd", "sleep 4321; true", "--health-interval", "100ms", "--health-timeout", "200ms", "--health-retries", "1", "busybox", "sleep", "1000");

        WaitForHealth("zion", "unhealthy");
        Assert.Equal("-1", Inspect("zion", "{{(index .State.Health.Log 0).ExitCode}}"));
        Assert.Contains("exceeded timeout", Inspect("zion", "{{(index .State.Health.Log 0).Output}}"));
        Eventually.True(() => !Engine.Run("exec", "zion", "ps").Stdout.Contains("sleep 4321", StringComparison.Ordinal), "no check is left between two of them");
    }

    [Fact]
    public void In_the_start_period_failures_do_not_count_and_checks_come_more_often()
    {
        Run("zion", "--health-cmd", "test -e /well", "--health-interval", "1h", "--health-start-period", "1h", "--health-start-interval", "50ms", "--health-retries", "1",
            "busybox", "sleep", "1000");
        Eventually.True(() => Inspect("zion", "{{len .State.Health.Log}}") == "5", "five checks have failed");
        Assert.Equal("starting 0", Inspect("zion", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}"));
        Assert.Contains("(health: starting)", Engine.Run("ps", "--format", "{{.Status}}").Text);

        Engine.Run("exec", "zion", "touch", "/well").ShouldSucceed();

        WaitForHealth("zion", "healthy");
    }

    [Fact]
    public void The_check_of_the_image_is_used_and_can_be_changed_or_left_away()
    {
        Engine.Run("import", BusyboxTar.Path, "checked", "--change", "HEALTHCHECK --interval=50ms --retries=1 CMD test -e /well").ShouldSucceed();

        Run("zion", "checked", "sleep", "1000");
        Run("moon", "--no-healthcheck", "checked", "sleep", "1000");
        Run("sun", "--health-cmd", "true", "checked", "sleep", "1000");

        WaitForHealth("zion", "unhealthy");
        WaitForHealth("sun", "healthy");
        Assert.Equal("moon", Engine.Run("ps", "--filter", "health=none", "--format", "{{.Names}}").ShouldSucceed().Text);
    }

    [Fact]
    public void A_check_runs_as_the_container_does()
    {
        Run("zion", "--user", "1234:5678", "--workdir", "/tmp", "--env", "COLOR=blue", "--health-cmd", "id -u; pwd; echo $COLOR", "--health-interval", "50ms", "busybox", "sleep", "1000");

        WaitForHealth("zion", "healthy");

        Assert.Equal("1234\n/tmp\nblue", Inspect("zion", "{{(index .State.Health.Log 0).Output}}"));
    }

    [Fact]
    public void A_check_whose_program_is_missing_is_a_failure()
    {
        Engine.Run("import", BusyboxTar.Path, "missing", "--change", "HEALTHCHECK --interval=50ms --retries=1 CMD [\"/no/such\"]").ShouldSucceed();
        Run("zion", "missing", "sleep", "1000");

        WaitForHealth("zion", "unhealthy");

        Assert.Equal("127", Inspect("zion", "{{(index .State.Health.Log 0).ExitCode}}"));
    }

    [Fact]
    public void A_container_in_the_foreground_is_checked_too()
    {
        using var running = Engine.Start("run", "--rm", "--net", "none", "--name", "zion", "--health-cmd", "true", "--health-interval", "50ms", "busybox", "sleep", "1000");
        ContainerView.Of(Engine, "zion");

        WaitForHealth("zion", "healthy");

        running.Signal("TERM");
        running.Wait().ShouldExit(143);
    }

    [Fact]
    public void The_end_of_a_container_does_not_wait_for_its_check()
    {
        Run("zion", "--health-cmd", "sleep 1000", "--health-interval", "50ms", "--health-timeout", "1h", "busybox", "sleep", "1000");
        Eventually.True(() => Engine.Run("exec", "zion", "ps").Stdout.Split("sleep 1000").Length > 2, "a check runs");

        Engine.Run("kill", "zion").ShouldSucceed();

        Assert.Equal("137", Engine.Run("wait", "zion").ShouldSucceed().Text);
    }

    [Theory]
    [InlineData("--health-interval", "5")]
    [InlineData("--health-timeout", "-1s")]
    [InlineData("--health-interval", "10us")]
    [InlineData("--health-retries", "-1")]
    public void A_wrong_value_is_refused(string flag, string value) =>
        Assert.Contains(flag, Engine.Run("run", "--health-cmd", "true", $"{flag}={value}", "busybox", "true").ShouldExit(125).Stderr);

    private void WaitForHealth(string name, string status) =>
        Eventually.True(() => Engine.Run("inspect", "-f", "{{.State.Health.Status}}", name).Text == status, $"{name} is {status}");
}
