namespace MiniDock.Tests.Unit.Cli;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("versoin", 1, "minidock: 'versoin' is not a minidock command\nhint: did you mean version?\nSee 'minidock --help'\n")]
    [InlineData("--rot x version", 125, "minidock: unknown flag --rot\nhint: did you mean --root?\nSee 'minidock --help'\n")]
    [InlineData("version x", 1, "minidock: 'minidock version' takes no arguments\nhint: minidock version [OPTIONS]\nSee 'minidock version --help'\n")]
    [InlineData("--log-level loud version", 125, "minidock: invalid value \"loud\" for --log-level: one of debug, info, warn, error\nSee 'minidock --help'\n")]
    public void The_message_says_what_is_wrong_and_what_to_do(string line, int code, string error)
    {
        var result = Invocation.Of(line.Split(' '));
        Assert.Equal(code, result.ExitCode);
        Assert.Equal(error, result.Error);
        Assert.Empty(result.Out);
    }
}
