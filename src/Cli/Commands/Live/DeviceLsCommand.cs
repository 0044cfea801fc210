using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Live;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock device ls</c>.</summary>
internal static class DeviceLsCommand
{
    private static readonly Column[] Columns =
        [new("Container", "CONTAINER"), new("Path", "PATH"), new("Device", "DEVICE"), new("Access", "ACCESS"), new("Given", "GIVEN")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var container = new Argument<string?>("CONTAINER") { Arity = ArgumentArity.ZeroOrOne };
        var quiet = CommonOptions.Quiet("print CONTAINER:PATH only");
        var format = CommonOptions.Format();
        var command = new VerbCommand("device ls", "List the devices that containers were given")
        {
            Usage = "[OPTIONS] [CONTAINER]",
            Details = "Of all running containers, or of one. GIVEN is how: at its start, live (gone with this run), or live and kept for the next starts.",
            Examples = ["minidock device ls", "minidock device ls --format '{{.Path}} {{.Access}}' zion"],
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Options = { quiet, format },
            Arguments = { container },
        };
        command.SetAction(parsed =>
        {
            var store = context.Engine.Store;
            var found = parsed.GetValue(container) is { } name ? [store.Find(name)] : store.ListActive().Where(c => c.IsRunning).ToList();
            var devices = found.SelectMany(c => ContainerDevices.Of(c, context.Paths).Select(d => (c.Spec.Name, d.Device, d.Live))).ToList();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                devices.ForEach(d => context.Out.WriteLine($"{d.Name}:{d.Device.Target}"));
                return 0;
            }

            var rows = devices.Select(d => new JsonObject
            {
                ["Container"] = d.Name,
                ["Path"] = d.Device.Target,
                ["Device"] = d.Device.Source,
                ["Access"] = d.Device.Access,
                ["Given"] = LiveCommands.Given(d.Live is not null, d.Live?.IsKept == true),
            });
            new ListPrinter(Columns, []).Print(context.Out, [.. rows], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }
}
