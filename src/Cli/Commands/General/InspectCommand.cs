using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Templates;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Makes <c>inspect</c> for objects of all kinds.</summary>
    public static VerbCommand Create(CliContext context) => Create(context, "inspect", null);

    /// <summary>Makes <c>container inspect</c>.</summary>
    public static VerbCommand CreateForContainers(CliContext context) => Create(context, "container inspect", "container");

    /// <summary>Makes <c>image inspect</c>.</summary>
    public static VerbCommand CreateForImages(CliContext context) => Create(context, "image inspect", "image");

    /// <summary>Makes <c>network inspect</c>.</summary>
    public static VerbCommand CreateForNetworks(CliContext context) => Create(context, "network inspect", "network");

    /// <summary>Makes <c>volume inspect</c>.</summary>
    public static VerbCommand CreateForVolumes(CliContext context) => Create(context, "volume inspect", "volume");

    private static VerbCommand Create(CliContext context, string path, string? onlyType)
    {
        var format = CommonOptions.Format();
        format.Aliases.Add("-f");
        var type = new Option<string?>("--type") { HelpName = "TYPE", Description = "container, image, volume or network", Hidden = onlyType is not null };
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand(path, $"Show all about {(onlyType is null ? "containers, images, volumes and networks" : onlyType + "s")}")
        {
            Usage = "[OPTIONS] NAME [NAME...]",
            Examples = onlyType == "network"
                ? ["minidock network inspect lab", "minidock network inspect -f '{{json .Containers}}' lab"]
                : onlyType == "volume"
                ? ["minidock volume inspect data", "minidock volume inspect -f '{{.Mountpoint}}' data"]
                : [$"minidock {path} zion", $"minidock {path} -f '{{{{json .Config}}}}' zion", "minidock inspect -f '{{.State.Pid}}' zion"],
            Completes = (c, _) => Names(c, onlyType),
            Options = { format, type },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var kind = onlyType ?? parsed.GetValue(type);
            if (kind is not null && !Array.Exists(Inspectable.All, i => i.Type == kind))
            {
                throw new EngineException($"--type {kind}: EINVAL (no such type)", $"the types are {string.Join(", ", Inspectable.All.Select(i => i.Type))}", exitCode: 1);
            }

            return Inspect(context, parsed.GetValue(names) ?? [], kind, parsed.GetValue(format));
        });
        return command;
    }

    private static IEnumerable<string> Names(CliContext context, string? type) => type switch
    {
        "container" => Completion.Containers(context),
        "image" => Completion.Images(context),
        "network" => Completion.Networks(context),
        "volume" => Completion.Volumes(context),
        _ => [.. Completion.Containers(context), .. Completion.Images(context), .. Completion.Volumes(context), .. Completion.Networks(context)],
    };

    // What is found is shown, whatever is missing beside it: docker's order is output, then errors.
    private static int Inspect(CliContext context, string[] names, string? kind, string? format)
    {
        var kinds = Inspectable.All.Where(i => kind is null || i.Type == kind).ToList();
        var found = new JsonArray();
        var missing = new List<string>();
        foreach (var name in names)
        {
            if (kinds.Select(k => k.Find(context, name)).FirstOrDefault(o => o is not null) is { } item)
            {
                found.Add((JsonNode)item);
            }
            else
            {
                missing.Add(name);
            }
        }

        Print(context, found, format);
        context.Out.Flush();
        foreach (var name in missing)
        {
            var what = kind ?? string.Join(" or ", kinds.Select(k => k.Type));
            ErrorPrinter.Print(context.Error, new EngineException($"inspect {name}: ENOENT (no such {what})", "minidock ps -a lists containers, minidock images lists images, minidock volume ls lists volumes, minidock network ls lists networks"), null, 1);
        }

        return missing.Count == 0 ? 0 : 1;
    }

    private static void Print(CliContext context, JsonArray found, string? format)
    {
        if (string.IsNullOrEmpty(format))
        {
            context.Out.WriteLine(JsonText.Indented(found));
            return;
        }

        foreach (var item in found)
        {
            context.Out.WriteLine(format == "json" ? JsonText.OneLine(item) : FilledTemplate.Of(format, item));
        }
    }
}
