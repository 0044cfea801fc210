using System.CommandLine;
using MiniDock.Cli.Input;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock completion SHELL</c>.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # bash completion for minidock: eval "$(minidock completion bash)"
        _minidock() {
            local line
            COMPREPLY=()
            while IFS= read -r line; do
                COMPREPLY+=("${line%%$'\t'*}")
            done < <("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _minidock minidock
        """;

    private const string Zsh = """
        #compdef minidock
        # zsh completion for minidock: minidock completion zsh > "${fpath[1]}/_minidock"
        _minidock() {
            local line
            local -a candidates
            while IFS= read -r line; do
                candidates+=("${line%%$'\t'*}")
            done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
            if (( ${#candidates} )); then
                compadd -- "${candidates[@]}"
            else
                _files
            fi
        }
        compdef _minidock minidock
        """;

    private const string Fish = """
        # fish completion for minidock: minidock completion fish > ~/.config/fish/completions/minidock.fish
        function __minidock_complete
            set -l words (commandline -opc) (commandline -ct)
            minidock __complete -- $words[2..-1] 2>/dev/null
        end
        complete -c minidock -a '(__minidock_complete)'
        """;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL");
        var command = new VerbCommand("completion", "Print a completion script for bash, zsh or fish")
        {
            Usage = "bash|zsh|fish",
            Examples = ["eval \"$(minidock completion bash)\"", "minidock completion fish > ~/.config/fish/completions/minidock.fish"],
            Arguments = { shell },
            Completes = (_, _) => ["bash", "fish", "zsh"],
        };
        command.SetAction(parsed =>
        {
            context.Out.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                var other => throw new UsageException($"no completion for shell {other}", "the shells are bash, zsh and fish", exitCode: 1),
            });
            return 0;
        });
        return command;
    }
}
