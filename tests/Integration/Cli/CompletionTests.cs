using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cli;

/// <summary>The completion script in a real bash.</summary>
public sealed class CompletionTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("ru", "run")]
    [InlineData("system ", "check df events info prune")]
    [InlineData("run --memory-s", "--memory-swap --memory-swappiness")]
    [InlineData("run --net br", "bridge")]
    [InlineData("run --rm busy", "busybox")]
    [InlineData("--log-level info ver", "version")]
    [InlineData("inspect zi", "zion")]
    [InlineData("rm z", "zion")]
    [InlineData("completion f", "fish")]
    public void Bash_completes_words(string typed, string expected)
    {
        Requires.Program("bash");
        Engine.Run("run", "--name", "zion", "--net", "none", "busybox", "true").ShouldSucceed();

        // Completion goes by the command's name, whatever the binary under test is called.
        var link = Path.Combine(Scratch, "minidock");
        File.CreateSymbolicLink(link, Minidock.Binary);
        var words = string.Join(' ', typed.Split(' ').Select(w => $"'{w}'"));
        var script = $"""
            PATH={Scratch}:$PATH
            export MINIDOCK_ROOT={Engine.Root} MINIDOCK_RUN_ROOT={Engine.RunRoot}
            eval "$(minidock completion bash)"
            COMP_WORDS=(minidock {words}); COMP_CWORD=$((${'{'}#COMP_WORDS[@]{'}'} - 1))
            _minidock
            echo "${'{'}COMPREPLY[*]{'}'}"
            """;
        var outcome = HostCommand.Run("bash", "--norc", "--noprofile", "-c", script);
        Engine.Run("rm", "zion").ShouldSucceed();
        File.Delete(link);
        Assert.Equal(expected, outcome.ShouldSucceed().Text);
    }

    [Theory]
    [InlineData("bash", "bash", "-n")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish", "--no-execute")]
    public void A_script_is_what_its_shell_can_read(string shell, string program, string check)
    {
        Requires.Program(program);
        var file = Path.Combine(Scratch, shell);
        File.WriteAllText(file, Engine.Run("completion", shell).ShouldSucceed().Stdout);
        HostCommand.Run(program, check, file).ShouldSucceed();
        File.Delete(file);
    }
}
