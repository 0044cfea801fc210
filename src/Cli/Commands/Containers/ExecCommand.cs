using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Embedding;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>minidock exec</c>.</summary>
internal static class ExecCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var interactive = new Option<bool>("--interactive", "-i") { Description = "keep standard input open" };
        var terminal = new Option<bool>("--tty", "-t") { Description = "give the process a terminal" };
        var detach = new Option<bool>("--detach", "-d") { Description = "return at once; the command then has neither input nor output" };
        var privileged = new Option<bool>("--privileged") { Description = "all capabilities, no seccomp" };
        var environment = new Option<string[]>("--env", "-e") { HelpName = "NAME[=VALUE]", Description = "set a variable, or take it over from here" };
        var files = new Option<string[]>("--env-file") { HelpName = "FILE", Description = "read variables from a file" };
        var user = new Option<string?>("--user", "-u") { HelpName = "USER[:GROUP]", Description = "user, by name or number (default the container's)" };
        var directory = new Option<string?>("--workdir", "-w") { HelpName = "DIR", Description = "working directory (default the container's)" };
        var keys = new Option<string?>("--detach-keys") { HelpName = "KEYS", Description = "keys that detach from a terminal (default ctrl-p,ctrl-q)" };
        var words = new Argument<string[]>("CONTAINER") { Arity = new ArgumentArity(2, ArgumentArity.OneOrMore.MaximumNumberOfValues) };
        var command = new VerbCommand("exec", "Run a command in a running container")
        {
            Usage = "[OPTIONS] CONTAINER COMMAND [ARG...]",
            StopsAtPositional = true,
            Examples =
            [
                "minidock exec zion ps",
                "minidock exec -it zion sh",
                "minidock exec -u nobody -w /tmp -e DEBUG=1 zion env",
                "minidock exec -i zion tar -x -C /srv < site.tar",
            ],
            Details = "The command has the container's namespaces, control groups, capabilities and seccomp filter. It ends with the container, and unless -d is given "
                + "also with this command; from a terminal one can detach.",
            Completes = (c, index) => index == 0 ? Completion.RunningContainers(c) : [],
            Options = { detach, keys, environment, files, interactive, privileged, terminal, user, directory },
            Arguments = { words },
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(words)!;
            var flags = new RunFlags
            {
                Command = names[1..],
                User = parsed.GetValue(user),
                WorkingDirectory = parsed.GetValue(directory),
                Privileged = parsed.GetValue(privileged),
                Interactive = parsed.GetValue(interactive),
                Terminal = parsed.GetValue(terminal),
                DetachKeys = parsed.GetValue(keys),
            };
            flags.Environment.AddRange(parsed.GetValue(environment) ?? []);
            flags.EnvironmentFiles.AddRange(parsed.GetValue(files) ?? []);
            if (flags is { Terminal: true, Interactive: true } && !parsed.GetValue(detach) && !Terminals.IsATty(Files.Borrow(0)))
            {
                throw new EngineException("standard input: ENOTTY (not a terminal)", "leave -t away when input comes from a file or a pipe", exitCode: 1);
            }

            var options = new SessionOptions
            {
                Interactive = flags.Interactive,
                DetachKeys = RunRequest.Keys(flags),
                Tell = text => context.Error.Write($"\r\nminidock: {text}\r\n"),
            };
            var store = context.Get<ContainerStore>();
            var container = store.Find(names[0]);
            var spec = new ExecReader(new CreationSources(store)).Read(container.Spec, flags);
            return context.Get<ContainerExec>().Run(container, spec, parsed.GetValue(detach), options);
        });
        return command;
    }
}
