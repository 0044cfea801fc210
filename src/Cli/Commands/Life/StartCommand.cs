using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Cli.Input;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock start</c>.</summary>
internal static class StartCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var attach = new Option<bool>("--attach", "-a") { Description = "connect the terminal with it, and end with its exit code" };
        var interactive = new Option<bool>("--interactive", "-i") { Description = "connect standard input too" };
        var keys = AttachTo.Keys();
        var due = new Option<bool>("--restart-policy") { Description = "start all that --restart always and unless-stopped want up: for a unit at boot" };
        var names = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new VerbCommand("start", "Start containers")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Examples = ["minidock start web", "minidock start -ai shell", "minidock start --restart-policy"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { attach, interactive, keys, due },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(names) ?? [];
            if (parsed.GetValue(due))
            {
                return StartDue(context);
            }

            if (named.Length == 0)
            {
                throw new UsageException("'minidock start' requires at least 1 argument", "minidock start [OPTIONS] CONTAINER [CONTAINER...]", exitCode: 1);
            }

            if (!parsed.GetValue(attach) && !parsed.GetValue(interactive))
            {
                return EachContainer.Do(context, "start", named, c => context.Engine.Start.Start(c));
            }

            if (named.Length > 1)
            {
                throw new EngineException("start: EINVAL (only one container can be attached)", exitCode: 1);
            }

            var store = context.Get<ContainerStore>();
            var container = store.Find(named[0]);
            SafeFileHandle? socket = null;
            context.Engine.Start.Start(container, () => socket = AttachTo.Connect(context, container));
            return AttachTo.Container(context, store.Read(container.Id) ?? container, socket, parsed.GetValue(interactive), forwardSignals: true, parsed.GetValue(keys)).ExitCode;
        });
        return command;
    }

    private static int StartDue(CliContext context)
    {
        var code = 0;
        foreach (var (container, error) in context.Engine.Start.StartDue())
        {
            if (error is null)
            {
                context.Out.WriteLine(container.Spec.Name);
            }
            else
            {
                context.Out.Flush();
                code = ErrorPrinter.Print(context.Error, error, "start", 1);
            }
        }

        return code;
    }
}
