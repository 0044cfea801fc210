using MiniDock.Cli.Input;

namespace MiniDock.Tests.Unit.Cli;

public sealed class FlagReaderTests
{
    private sealed class Flags : IFlagSet
    {
        public IEnumerable<string> Names => ["--interactive", "--tty", "--publish", "--memory", "--explain"];

        public Flag? Find(string spelling) => spelling switch
        {
            "-i" or "--interactive" => new("--interactive", FlagKind.Switch),
            "-t" or "--tty" => new("--tty", FlagKind.Switch),
            "-p" or "--publish" => new("--publish", FlagKind.Value),
            "-m" or "--memory" => new("--memory", FlagKind.Value),
            "--explain" => new("--explain", FlagKind.OptionalValue),
            _ => null,
        };
    }

    private static string Read(string line, bool stops = true)
    {
        var reading = new FlagReader(new Flags(), null, stops).Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return string.Join(' ', reading.Flags.Select(f => $"{f.Flag.Name}:{f.Value}").Concat(reading.Positionals.Select(p => $"[{p}]")).Concat(reading.Help ? ["help"] : []));
    }

    [Theory]
    [InlineData("-it busybox sh -i", "--interactive:true --tty:true [busybox] [sh] [-i]")]
    [InlineData("-p80:80 -m=1g --memory=2g img", "--publish:80:80 --memory:1g --memory:2g [img]")]
    [InlineData("-itp 80:80 img", "--interactive:true --tty:true --publish:80:80 [img]")]
    [InlineData("--tty=false -i=0 img", "--tty:false --interactive:false [img]")]
    [InlineData("--memory -1 img", "--memory:-1 [img]")]
    [InlineData("--explain img", "--explain: [img]")]
    [InlineData("--explain=json img", "--explain:json [img]")]
    [InlineData("-- -x --help", "[-x] [--help]")]
    [InlineData("- img", "[-] [img]")]
    [InlineData("--tty --help --nonsense", "--tty:true help")]
    [InlineData("-h", "help")]
    [InlineData("--memory= img", "--memory: [img]")]
    public void Arguments_are_read_as_docker_reads_them(string line, string expected) => Assert.Equal(expected, Read(line));

    [Fact]
    public void Flags_behind_the_first_argument_count_where_the_command_takes_no_command() =>
        Assert.Equal("--tty:true [a] [b]", Read("a -t b", stops: false));

    [Theory]
    [InlineData("--foo", "unknown flag --foo", null)]
    [InlineData("--memroy 1g", "unknown flag --memroy", "did you mean --memory?")]
    [InlineData("-ix", "unknown flag -x in -ix", null)]
    [InlineData("--memory", "flag needs an argument: --memory", null)]
    [InlineData("-im", "flag needs an argument: -m", null)]
    [InlineData("--tty=perhaps", "invalid value \"perhaps\" for --tty: not true or false", null)]
    public void A_wrong_flag_is_named(string line, string message, string? hint)
    {
        var failure = Assert.Throws<UsageException>(() => Read(line));
        Assert.Equal(message, failure.Message);
        Assert.Equal(hint, failure.Hint);
        Assert.Equal(125, failure.ExitCode);
    }
}
