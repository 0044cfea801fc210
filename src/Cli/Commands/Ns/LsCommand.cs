using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Sharing;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Ns;

/// <summary><c>minidock ns ls</c>.</summary>
internal static class LsCommand
{
    private const string HostName = "(host)";

    private static readonly Column[] Columns = [new("Type", "TYPE"), new("Namespace", "DEVICE:INODE"), new("SharedBy", "SHARED BY"), new("Pins", "PINNED AS")];
    private static readonly Column[] Others = [new("Containers", "CONTAINERS"), new("Host", "HOST"), new("Device", "DEVICE"), new("Inode", "INODE")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var quiet = CommonOptions.Quiet("print device and inode only");
        var noTrunc = CommonOptions.NoTrunc();
        var filter = CommonOptions.Filter(NamespaceFilter.Keys);
        var format = CommonOptions.Format();
        var name = new Argument<string?>("CONTAINER") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("ns ls", "List the namespaces of running containers, and who shares them")
        {
            Usage = "[OPTIONS] [CONTAINER]",
            Details = "Two processes share a namespace when device and inode are the same, as in: stat -L -c %d:%i /proc/PID/ns/net",
            Examples =
            [
                "minidock ns ls", "minidock ns ls zion", "minidock ns ls --filter type=net --filter shared=true", "minidock ns ls --format '{{.Type}} {{.Inode}} {{.SharedBy}}'",
            ],
            Completes = (c, index) => index == 0 ? Completion.RunningContainers(c) : [],
            Options = { quiet, noTrunc, filter, format },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var conditions = new NamespaceFilter(parsed.GetValue(filter) ?? []);
            var listing = context.Get<NamespaceListing>();
            var all = parsed.GetValue(name) is { } container ? listing.Of(context.Get<ContainerStore>().Find(container)) : listing.All();
            var found = all.Where(conditions.Matches).ToList();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                found.ForEach(entry => context.Out.WriteLine(Identity(entry)));
                return 0;
            }

            new ListPrinter(Columns, Others).Print(context.Out, [.. found.Select(Row)], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Row(SharedNamespace entry) => new()
    {
        ["Type"] = NamespaceText.NameOf(entry.Type),
        ["Namespace"] = Identity(entry),
        ["SharedBy"] = string.Join(", ", entry.IsHost ? entry.Containers.Prepend(HostName) : entry.Containers),
        ["Pins"] = string.Join(", ", entry.Pins),
        ["Containers"] = string.Join(',', entry.Containers),
        ["Host"] = entry.IsHost,
        ["Device"] = entry.Id.Device.Encoded,
        ["Inode"] = entry.Id.Inode,
    };

    private static string Identity(SharedNamespace entry) => $"{entry.Id.Device.Encoded}:{entry.Id.Inode}";
}
