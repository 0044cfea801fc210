using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Live;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock mount ls</c>.</summary>
internal static class MountLsCommand
{
    private static readonly Column[] Columns =
    [
        new("Container", "CONTAINER"), new("Destination", "DESTINATION"), new("Type", "TYPE"), new("Source", "SOURCE"), new("Mode", "MODE"), new("Propagation", "PROPAGATION"), new("Given", "GIVEN"),
    ];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var container = new Argument<string?>("CONTAINER") { Arity = ArgumentArity.ZeroOrOne };
        var quiet = CommonOptions.Quiet("print CONTAINER:DESTINATION only");
        var format = CommonOptions.Format();
        var command = new VerbCommand("mount ls", "List the mounts that containers were given")
        {
            Usage = "[OPTIONS] [CONTAINER]",
            Details = "Of all running containers, or of one. GIVEN is how: at its start, live (gone with this run), or live and kept for the next starts.",
            Examples = ["minidock mount ls", "minidock mount ls -q zion", "minidock mount ls --format '{{.Destination}} {{.Source}}' zion"],
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Options = { quiet, format },
            Arguments = { container },
        };
        command.SetAction(parsed =>
        {
            var store = context.Engine.Store;
            var found = parsed.GetValue(container) is { } name ? [store.Find(name)] : store.ListActive().Where(c => c.IsRunning).ToList();
            var mounts = found.SelectMany(c => ContainerMounts.Of(c, context.Paths).Select(m => (c.Spec.Name, m.Mount, m.Live))).ToList();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                mounts.ForEach(m => context.Out.WriteLine($"{m.Name}:{m.Mount.Target}"));
                return 0;
            }

            new ListPrinter(Columns, []).Print(context.Out, [.. mounts.Select(m => Row(m.Name, m.Mount, m.Live))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Row(string container, MountSpec mount, LiveMount? live) => new()
    {
        ["Container"] = container,
        ["Destination"] = mount.Target,
        ["Type"] = mount.Type,
        ["Source"] = mount.Source,
        ["Mode"] = string.Join(',', mount.Flags.Prepend(mount.ReadOnly ? "ro" : "rw")),
        ["Propagation"] = mount.Propagation.ToString().ToLowerInvariant(),
        ["Given"] = LiveCommands.Given(live is not null, live?.IsKept == true),
    };
}
