using MiniDock.Cli;
using MiniDock.Cli.Commands;

namespace MiniDock.Tests.Unit.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => new(CommandTable.All.Select(e => e.Path));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_with_an_example(string path)
    {
        var result = Invocation.Of([.. path.Split(' '), "--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"Usage:  minidock {path}", result.Out);
        Assert.Contains($"\nExamples:\n  ", result.Out);
        Assert.Contains($"minidock {path}", result.Out[result.Out.IndexOf("Examples:", StringComparison.Ordinal)..]);
        Assert.Empty(result.Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_is_described(string path)
    {
        using var context = new CliContext(new GlobalOptions());
        var command = CommandTable.Find(path.Split(' '))!.Value.Entry.Create(context);
        Assert.Empty(command.Options.Where(o => !o.Hidden && string.IsNullOrEmpty(o.Description)).Select(o => o.Name));
    }

    [Fact]
    public void No_name_is_taken_twice() =>
        Assert.Empty(CommandTable.All.SelectMany(e => e.Aliases.Prepend(e.Path)).GroupBy(p => p).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void The_overview_goes_to_standard_error_when_nothing_was_asked()
    {
        var result = Invocation.Of();
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.StartsWith("Usage:  minidock", result.Error);
    }
}
