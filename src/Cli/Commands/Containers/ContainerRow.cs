using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>A container as a row of <c>ps</c>, with docker's field names.</summary>
internal static class ContainerRow
{
    private const int ShortCommand = 20;

    /// <summary>The columns of the table.</summary>
    public static readonly Column[] Columns =
    [
        new("ID", "CONTAINER ID"), new("Image", "IMAGE"), new("Command", "COMMAND"), new("RunningFor", "CREATED"),
        new("Status", "STATUS"), new("Ports", "PORTS"), new("Names", "NAMES"),
    ];

    /// <summary>Fields that the table does not show.</summary>
    public static readonly Column[] Others =
        [new("CreatedAt", "CREATED AT"), new("State", "STATE"), new("Labels", "LABELS"), new("Mounts", "MOUNTS"), new("Networks", "NETWORKS"), new("Pid", "PID")];

    /// <summary>Makes the row.</summary>
    public static JsonObject Of(Container container, bool isWhole, DateTimeOffset now)
    {
        var (spec, state) = (container.Spec, container.State);
        return new JsonObject
        {
            ["ID"] = isWhole ? spec.Id.Value : spec.Id.Short,
            ["Image"] = spec.Image.Reference,
            ["Command"] = Command(spec, isWhole),
            ["RunningFor"] = HumanTime.Since(spec.Created, now) + " ago",
            ["Status"] = Status(container, now),
            ["Ports"] = Ports(container),
            ["Names"] = spec.Name,
            ["CreatedAt"] = spec.Created.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            ["State"] = StateName(state.Status),
            ["Labels"] = string.Join(',', spec.Labels.Select(l => $"{l.Key}={l.Value}")),
            ["Mounts"] = string.Join(',', spec.Mounts.Where(m => m.Source.Length > 0).Select(m => m.Source)),
            ["Networks"] = string.Join(',', spec.Networks.Select(n => n.NetworkName)),
            ["Pid"] = state.Pid,
        };
    }

    /// <summary>docker's word for a status.</summary>
    public static string StateName(ContainerStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>docker's sentence for a state.</summary>
    private static string Status(Container container, DateTimeOffset now)
    {
        var state = container.State;
        return state.Status switch
        {
            ContainerStatus.Running => $"Up {HumanTime.Since(state.StartedAt ?? now, now)}{HealthInspection.Suffix(container.Health)}",
            ContainerStatus.Paused => $"Up {HumanTime.Since(state.StartedAt ?? now, now)} (Paused)",
            ContainerStatus.Exited => $"Exited ({state.ExitCode}) {(state.FinishedAt is { } end ? HumanTime.Since(end, now) + " ago" : "")}".TrimEnd(),
            _ => "Created",
        };
    }

    private static string Command(ContainerSpec spec, bool isWhole)
    {
        var command = string.Join(' ', spec.Process.Arguments);
        return $"\"{(isWhole || command.Length <= ShortCommand ? command : command[..(ShortCommand - 1)] + "…")}\"";
    }

    private static string Ports(Container container)
    {
        var published = container.IsRunning ? container.State.Ports : [];
        var ports = published.Select(p => $"{Address(p.HostAddress)}:{p.HostPort}->{p.ContainerPort}/{p.Protocol}")
            .Concat(container.IsRunning ? container.Spec.ExposedPorts.Where(e => !published.Any(p => $"{p.ContainerPort}/{p.Protocol}" == e)) : []);
        return string.Join(", ", ports);
    }

    private static string Address(string? address) => address is null ? "0.0.0.0" : address.Contains(':') ? $"[{address}]" : address;
}
