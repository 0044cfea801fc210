using System.CommandLine;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock port</c>.</summary>
internal static class PortCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var name = new Argument<string>("CONTAINER");
        var port = new Argument<string?>("PRIVATE_PORT[/PROTO]") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("port", "Show where the ports of a container are published")
        {
            Usage = "CONTAINER [PRIVATE_PORT[/PROTO]]",
            Examples = ["minidock port web", "minidock port web 80", "minidock port dns 53/udp"],
            Completes = (c, index) => index == 0 ? Completion.RunningContainers(c) : [],
            Arguments = { name, port },
        };
        command.SetAction(parsed =>
        {
            var container = context.Get<ContainerStore>().Find(parsed.GetValue(name)!);
            var published = container.IsRunning ? container.State.Ports : [];
            var ordered = published.OrderBy(p => p.ContainerPort).ThenBy(p => p.Protocol, StringComparer.Ordinal).ThenBy(p => p.HostAddress?.Contains(':') == true).ThenBy(p => p.HostPort).ToList();
            if (parsed.GetValue(port) is not { } wanted)
            {
                ordered.ForEach(p => context.Out.WriteLine($"{p.ContainerPort}/{p.Protocol} -> {Host(p)}"));
                return 0;
            }

            var (number, protocol) = Parse(wanted);
            var found = ordered.FindAll(p => p.ContainerPort == number && p.Protocol == protocol);
            if (found.Count == 0)
            {
                throw new EngineException(
                    $"port {number}/{protocol} of {container.Spec.Name}: ENOENT (not published)",
                    container.IsRunning ? $"minidock port {container.Spec.Name} lists those that are" : "the container does not run",
                    exitCode: 1);
            }

            found.ForEach(p => context.Out.WriteLine(Host(p)));
            return 0;
        });
        return command;
    }

    private static (int Number, string Protocol) Parse(string text)
    {
        var slash = text.IndexOf('/');
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        return int.TryParse(slash < 0 ? text : text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 && protocol.Length > 0
            ? (number, protocol)
            : throw new EngineException($"port {text}: EINVAL (not a port)", "such as 80 or 53/udp", exitCode: 1);
    }

    private static string Host(PortMapping port)
    {
        var address = port.HostAddress ?? "0.0.0.0";
        return $"{(address.Contains(':') ? $"[{address}]" : address)}:{port.HostPort}";
    }
}
