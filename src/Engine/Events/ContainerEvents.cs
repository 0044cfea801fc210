using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Events;

/// <summary>Events of containers, with docker's attributes.</summary>
public static class ContainerEvents
{
    /// <summary>An event that has no attributes of its own: <c>create start stop restart pause unpause update oom attach detach destroy</c>.</summary>
    public static EngineEvent Of(ContainerSpec spec, string action, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var attributes = new List<KeyValuePair<string, string>>(spec.Labels.Count + more.Length + 2);
        foreach (var label in spec.Labels)
        {
            if (label.Key is not ("image" or "name"))
            {
                attributes.Add(label);
            }
        }

        foreach (var (name, value) in more)
        {
            attributes.Add(new(name, value));
        }

        attributes.Add(new("image", spec.Image.Reference));
        attributes.Add(new("name", spec.Name));
        return new EngineEvent(EngineEvent.Container, action, spec.Id.Value, attributes);
    }

    /// <summary>Its first process has ended.</summary>
    public static EngineEvent Die(ContainerSpec spec, ContainerState end)
    {
        var seconds = end is { StartedAt: { } from, FinishedAt: { } to } && to > from ? (long)(to - from).TotalSeconds : 0;
        return Of(spec, "die", ("execDuration", Text(seconds)), ("exitCode", Text(end.ExitCode)));
    }

    /// <summary>It was sent a signal.</summary>
    public static EngineEvent Kill(ContainerSpec spec, Linux.Signal signal) => Of(spec, "kill", ("signal", Text((int)signal)));

    /// <summary>It has another name now.</summary>
    /// <param name="spec">With the new name.</param>
    /// <param name="oldName">The old one.</param>
    public static EngineEvent Rename(ContainerSpec spec, string oldName) => Of(spec, "rename", ("oldName", $"/{oldName}"));

    /// <summary>A check has changed what is known of its health.</summary>
    public static EngineEvent Health(ContainerSpec spec, HealthStatus status) =>
        Of(spec, $"health_status: {status.ToString().ToLowerInvariant()}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
