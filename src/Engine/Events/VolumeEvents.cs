using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Events;

/// <summary>Events of volumes, with docker's attributes.</summary>
public static class VolumeEvents
{
    /// <summary><c>create</c> or <c>destroy</c>.</summary>
    public static EngineEvent Of(string volume, string driver, string action) => new(EngineEvent.Volume, action, volume, [new("driver", driver)]);

    /// <summary>The <c>mount</c> of each volume of a container that begins to run; none for most containers.</summary>
    public static EngineEvent[] Mounts(ContainerSpec spec) => Each(spec, "mount", (id, m) =>
    [
        new("container", id), new("destination", m.Target), new("driver", DriverOf(m)), new("propagation", ""), new("read/write", m.ReadOnly ? "false" : "true"),
    ]);

    /// <summary>The <c>unmount</c> of each volume of a container whose run has ended.</summary>
    public static EngineEvent[] Unmounts(ContainerSpec spec) => Each(spec, "unmount", (id, m) => [new("container", id), new("driver", DriverOf(m))]);

    private static string DriverOf(MountSpec mount) => mount.Options.GetValueOrDefault("driver") ?? "local";

    private static EngineEvent[] Each(ContainerSpec spec, string action, Func<string, MountSpec, KeyValuePair<string, string>[]> attributes)
    {
        if (spec.Mounts.Count == 0)
        {
            return [];
        }

        return [.. spec.Mounts.Where(m => m.Type == "volume").Select(m => new EngineEvent(EngineEvent.Volume, action, m.Source, attributes(spec.Id.Value, m)))];
    }
}
