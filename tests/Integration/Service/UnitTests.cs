using System.Text.RegularExpressions;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Service;

/// <summary>Units that <c>generate systemd</c> writes: systemd's own checker takes them, and their commands do what they should.</summary>
public sealed partial class UnitTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Odd = "a b%n$HOME\"q\"\\z;\té";

    [Theory]
    [InlineData("--name")]
    [InlineData("--new --name")]
    [InlineData("--name --restart-policy always --restart-sec 3 --time 2 --wants a.service --after b.service --requires c.service")]
    [InlineData("--name --no-header --container-prefix pod --separator _")]
    public void A_unit_passes_the_check_of_systemd(string flags)
    {
        Requires.Program("systemd-analyze");
        foreach (var other in new[] { "a", "b", "c" })
        {
            File.WriteAllText(Path.Combine(Scratch, $"{other}.service"), "[Service]\nExecStart=/bin/true\n");
        }

        Engine.Run("create", "--net", "none", "--name", "zion", "--env", $"ODD={Odd}", "busybox", "sleep", "1000").ShouldSucceed();

        Verify(Generate([.. flags.Split(' '), "zion"]), flags.Contains("pod", StringComparison.Ordinal) ? "pod_zion.service" : "container-zion.service");
    }

    [Fact]
    public void The_unit_for_the_boot_passes_too()
    {
        Requires.Program("systemd-analyze");
        var unit = Engine.Run("generate", "systemd", "--boot").ShouldSucceed().Stdout;

        Verify(unit, "minidock-restart.service");
        Assert.EndsWith("start --restart-policy", Line(unit, "ExecStart"));
    }

    [Fact]
    public void The_commands_of_a_unit_start_and_stop_the_container()
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "sleep", "1000").ShouldSucceed();
        var unit = Generate("--name", "--time", "0", "zion");

        Execute(unit, "ExecStart").ShouldSucceed();
        Assert.Equal("running", Inspect("zion", "{{.State.Status}}"));
        Execute(unit, "ExecStop").ShouldSucceed();
        Execute(unit, "ExecStopPost").ShouldSucceed();

        Assert.Equal("exited", Inspect("zion", "{{.State.Status}}"));
    }

    [Fact]
    public void A_unit_that_makes_its_container_anew_makes_the_same_one()
    {
        Run("zion", "--env", $"ODD={Odd}", "--label", "color=blue", "-m", "50M", "--restart", "always", "busybox", "sh", "-c", "echo \"$ODD\"; exec sleep 1000");
        var unit = Generate("--new", "--name", "--time", "0", "zion");
        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        Execute(unit, "ExecStartPre");
        Execute(unit, "ExecStart").ShouldSucceed();

        Assert.Equal("blue 52428800", Inspect("zion", "{{.Config.Labels.color}} {{.HostConfig.Memory}}"));
        Eventually.True(() => Engine.Run("logs", "zion").Text == Odd, "it has written its variable");
        Execute(unit, "ExecStop").ShouldSucceed();
        Execute(unit, "ExecStopPost");
        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "it is removed with its end");
    }

    [Fact]
    public void A_container_without_a_name_of_its_own_keeps_the_one_it_was_given()
    {
        var id = Engine.Run("create", "--net", "none", "busybox", "true").ShouldSucceed().Text;
        var name = Inspect(id, "{{.Name}}").TrimStart('/');

        Assert.Contains($"--name={name} ", Line(Generate("--new", id), "ExecStart"));
        Assert.EndsWith($"start {id}", Line(Generate(id), "ExecStart"));
    }

    [Fact]
    public void Files_are_written_into_the_working_directory_and_named()
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "true").ShouldSucceed();

        var line = $"cd {Scratch} && {Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} generate systemd --files --name zion";
        var path = HostCommand.Shell(line).Text;

        Assert.Equal(Path.Combine(Scratch, "container-zion.service"), path);
        Assert.Equal(Generate("--name", "zion"), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("nobody", 125)]
    [InlineData("", 125)]
    [InlineData("--restart-policy unless-stopped zion", 125)]
    [InlineData("--boot zion", 125)]
    public void What_cannot_be_is_refused(string arguments, int code)
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "true").ShouldSucceed();
        var outcome = Engine.Run(["generate", "systemd", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal("", outcome.Stdout);
        Assert.True(outcome.ExitCode is 1 or 125 && code == 125, outcome.ToString());
    }

    private string Generate(params string[] arguments) => Engine.Run(["generate", "systemd", .. arguments]).ShouldSucceed().Stdout;

    private void Verify(string unit, string name)
    {
        var path = Path.Combine(Scratch, name);
        File.WriteAllText(path, unit);
        var checkedUnit = HostCommand.Run("systemd-analyze", "verify", "--man=no", path).ShouldSucceed();
        Assert.DoesNotContain(name, checkedUnit.Stderr);

        // The checker sees something: the same unit with a mistake in it.
        File.WriteAllText(path, unit.Replace("[Service]", "[Service]\nType=none", StringComparison.Ordinal).Replace("ExecStart=", "ExecStart=no/absolute ", StringComparison.Ordinal));
        Assert.Contains(name, HostCommand.Run("systemd-analyze", "verify", "--man=no", path).Stderr);
        File.Delete(path);
    }

    private static Outcome Execute(string unit, string key)
    {
        var words = WordPattern().Matches(Line(unit, key).TrimStart('-')).Select(m => Unquoted(m.Value)).ToArray();
        return HostCommand.Run(words[0], words[1..]);
    }

    private static string Line(string unit, string key) => unit.Split('\n').Single(l => l.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    // As systemd reads it: escapes in quotes, and %% and $$ for themselves.
    private static string Unquoted(string word) => (word[0] == '"' ? EscapePattern().Replace(word[1..^1], m => m.Value[1] switch { 'n' => "\n", 't' => "\t", var c => $"{c}" }) : word)
        .Replace("%%", "%", StringComparison.Ordinal).Replace("$$", "$", StringComparison.Ordinal);

    [GeneratedRegex("""("(\\.|[^"\\])*"|[^ ]+)""")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\\.")]
    private static partial Regex EscapePattern();
}
