using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Templates;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock info</c>.</summary>
internal static class InfoCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        format.Aliases.Add("-f");
        var command = new VerbCommand("info", "Show what this engine and this host can do")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock info", "minidock info -f '{{.CgroupMode}}'"],
            Options = { format },
        };
        command.SetAction(parsed =>
        {
            var facts = Facts(context);
            switch (parsed.GetValue(format))
            {
                case null or "" when !context.Options.Json:
                    foreach (var (name, value) in facts)
                    {
                        context.Out.WriteLine($"{name}: {TerminalText.Escape(value is JsonArray list ? string.Join(' ', list.Select(TemplateValue.Print)) : TemplateValue.Print(value))}");
                    }

                    break;
                case null or "" or "json":
                    context.Out.WriteLine(context.Options.Json ? JsonText.Indented(facts) : JsonText.OneLine(facts));
                    break;
                case var template:
                    context.Out.WriteLine(FilledTemplate.Of(template, facts));
                    break;
            }

            return 0;
        });
        return command;
    }

    private static JsonObject Facts(CliContext context)
    {
        var (engine, host) = (context.Engine, context.Engine.Host);
        var states = context.Get<ContainerStore>().List().Select(c => c.State.Status).ToList();
        return new JsonObject
        {
            ["ServerVersion"] = VersionCommand.Number,
            ["Containers"] = states.Count,
            ["ContainersRunning"] = states.Count(s => s == ContainerStatus.Running),
            ["ContainersPaused"] = states.Count(s => s == ContainerStatus.Paused),
            ["ContainersStopped"] = states.Count(s => s is ContainerStatus.Exited or ContainerStatus.Created),
            ["Images"] = engine.ImageListing.List().Count,
            ["Root"] = context.Paths.Root,
            ["RunRoot"] = context.Paths.RunRoot,
            ["StorageDrivers"] = Names(engine.Providers.RootFileSystems),
            ["NetworkProviders"] = Names(engine.Providers.Networks),
            ["MountTypes"] = Names(engine.Providers.Mounts),
            ["CgroupDriver"] = engine.Providers.Cgroup("auto", host)?.Name ?? "none",
            ["CgroupMode"] = host.Cgroups.Mode.ToString().ToLowerInvariant(),
            ["CgroupControllers"] = List(host.Cgroups.UnifiedControllers.Concat(host.Cgroups.V1Mounts.Keys)),
            ["KernelVersion"] = host.KernelRelease,
            ["OSType"] = "linux",
            ["Architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            ["NCPU"] = host.Processors,
            ["MemTotal"] = host.MemoryBytes,
            ["Name"] = host.HostName,
            ["Namespaces"] = List(host.Namespaces.Order(StringComparer.Ordinal)),
            ["BoundingCapabilities"] = List(Linux.Capabilities.NamesOf(host.BoundingCapabilities & Linux.Capabilities.All)),
            ["FileSystems"] = List(host.FileSystems.Where(f => f is "overlay" or "erofs" or "tmpfs" or "ext4").Order(StringComparer.Ordinal)),
            ["OpenFilesLimit"] = host.HardLimits.TryGetValue("nofile", out var files) ? files.ToString(CultureInfo.InvariantCulture) : "",
        };
    }

    private static JsonArray Names(IEnumerable<IProvider> providers) => List(providers.Select(p => p.Name));

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);
}
