using MiniDock.Abstractions.Model;

namespace MiniDock.Tests.Unit.Creation;

public sealed class ProcessTests
{
    [Theory]
    [InlineData("", "", "", "/bin/sh", 0)]
    [InlineData("", "ls -l", "", "ls -l", 0)]
    [InlineData("", "", "echo hi", "echo hi", 0)]
    [InlineData("/entry", "a b", "", "/entry a b", 1)]
    [InlineData("/entry x", "a b", "c", "/entry x c", 2)]
    public void Arguments_are_entry_point_and_command(string entrypoint, string imageCommand, string command, string expected, int entrypoints)
    {
        var given = new Given();
        given.Image = given.Image with { Entrypoint = Words(entrypoint), Command = Words(imageCommand) };
        var process = given.Run(["busybox", .. Words(command)]).Spec!.Process;
        Assert.Equal(expected, string.Join(' ', process.Arguments));
        Assert.Equal(entrypoints, process.EntrypointCount);
    }

    [Theory]
    [InlineData("/other", "/other")]
    [InlineData("", "/bin/sh")]
    public void An_entry_point_of_the_command_line_puts_both_of_the_image_aside(string entrypoint, string expected)
    {
        var given = new Given();
        given.Image = given.Image with { Entrypoint = ["/entry"], Command = ["a"] };
        Assert.Equal(expected, string.Join(' ', given.Run("--entrypoint", entrypoint, "busybox").Spec!.Process.Arguments));
    }

    [Fact]
    public void Flags_behind_the_image_belong_to_the_command() =>
        Assert.Equal(["ls", "-l", "--rm"], new Given().Run("busybox", "ls", "-l", "--rm").Spec!.Process.Arguments);

    [Fact]
    public void Later_sources_of_the_environment_replace_earlier_ones()
    {
        var given = new Given();
        given.Image = given.Image with { Environment = ["A=image", "B=image", "C=image", "PATH=/bin"] };
        given.Files["/env"] = "# comment\n\nB=file\nC=file\r\nD\nGONE\n";
        given.Variables["D"] = "mine";
        given.Variables["E"] = "mine too";
        var process = given.Spec("--env-file /env -e C=flag -eE -e A -t").Process;
        Assert.Equal(["PATH=/bin", "HOSTNAME=aaaaaaaaaaaa", "TERM=xterm", "B=file", "C=flag", "D=mine", "E=mine too"], process.Environment);
    }

    [Theory]
    [InlineData("", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOSTNAME=aaaaaaaaaaaa")]
    [InlineData("--hostname zion -e PATH=/x", "PATH=/x HOSTNAME=zion")]
    [InlineData("--net host -e PATH=/x", "PATH=/x HOSTNAME=machine")]
    [InlineData("--uts host -e PATH=/x", "PATH=/x HOSTNAME=machine")]
    public void The_environment_has_a_path_and_the_host_name(string flags, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Given().Spec(flags).Process.Environment));

    [Fact]
    public void A_limit_above_the_engines_own_is_lowered_and_told()
    {
        var result = new Given().Run("--ulimit", "nofile=100:999999", "--ulimit", "core=-1", "busybox");
        Assert.Equal([new Rlimit("nofile", 100, 4096), new Rlimit("core", ulong.MaxValue, ulong.MaxValue)], result.Spec!.Process.Rlimits);
        Assert.Equal(["--ulimit nofile: lowered to 4096, the engine's own hard limit"], result.Warnings);
    }

    [Fact]
    public void The_other_parts_of_a_process_are_taken_as_given()
    {
        var spec = new Given().Spec("-it --init -u 1000:100 --group-add 5 --group-add audio -w /a/./b/ --oom-score-adj -5 --stop-signal 9 --stop-timeout -1");
        Assert.True(spec.Process.Terminal && spec.OpenStdin && spec.Process.Init);
        Assert.Equal("1000:100", spec.Process.User);
        Assert.Equal(["5", "audio"], spec.Process.AdditionalGroups);
        Assert.Equal("/a/b", spec.Process.WorkingDirectory);
        Assert.Equal(-5, spec.Process.OomScoreAdjust);
        Assert.Equal("SIGKILL", spec.StopSignal);
        Assert.Equal(-1, spec.StopTimeoutSeconds);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
