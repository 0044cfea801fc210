using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Live;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>A container in the shape of <c>docker inspect</c>.</summary>
internal static class ContainerInspection
{
    private const string NoTime = "0001-01-01T00:00:00Z";

    /// <summary>Makes the object.</summary>
    public static JsonObject Of(Container container, EnginePaths paths)
    {
        var spec = container.Spec;
        var names = paths.RunDirectory(spec.Id);
        return new JsonObject
        {
            ["Id"] = spec.Id.Value,
            ["Created"] = Time(spec.Created),
            ["Path"] = spec.Process.Arguments[0],
            ["Args"] = List(spec.Process.Arguments.Skip(1)),
            ["State"] = State(container),
            ["Image"] = spec.Image.Id.ToString(),
            ["ResolvConfPath"] = Path.Combine(names, "resolv.conf"),
            ["HostnamePath"] = Path.Combine(names, "hostname"),
            ["HostsPath"] = Path.Combine(names, "hosts"),
            ["LogPath"] = "",
            ["Name"] = "/" + spec.Name,
            ["RestartCount"] = container.State.RestartCount,
            ["Driver"] = spec.StorageDriver,
            ["Platform"] = "linux",
            ["MountLabel"] = "",
            ["ProcessLabel"] = "",
            ["AppArmorProfile"] = "",
            ["ExecIDs"] = null,
            ["HostConfig"] = HostConfigInspection.Of(spec with { Devices = [.. ContainerDevices.Of(container, paths).Select(d => d.Device)] }),
            ["Mounts"] = MountInspection.Of(ContainerMounts.Of(container, paths).Select(m => m.Mount), paths),
            ["Config"] = Config(spec),
            ["NetworkSettings"] = NetworkInspection.Of(container),
        };
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray List(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);

    /// <summary>A map of texts.</summary>
    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value)));

    private static JsonObject State(Container container)
    {
        var state = container.State;
        var shown = new JsonObject
        {
            ["Status"] = ContainerRow.StateName(state.Status),
            ["Running"] = state.Status is ContainerStatus.Running or ContainerStatus.Paused,
            ["Paused"] = state.Status == ContainerStatus.Paused,
            ["Restarting"] = false,
            ["OOMKilled"] = state.OomKilled,
            ["Dead"] = false,
            ["Pid"] = state.Pid,
            ["ExitCode"] = state.ExitCode,
            ["Error"] = state.Error,
            ["StartedAt"] = state.StartedAt is { } start ? Time(start) : NoTime,
            ["FinishedAt"] = state.FinishedAt is { } end ? Time(end) : NoTime,
        };
        if (container.Health is { } health)
        {
            shown["Health"] = HealthInspection.Of(health);
        }

        return shown;
    }

    private static JsonObject Config(ContainerSpec spec)
    {
        var process = spec.Process;
        var shown = new JsonObject
        {
            ["Hostname"] = spec.Hostname ?? spec.Id.Short,
            ["Domainname"] = spec.DomainName ?? "",
            ["User"] = process.User,
            ["AttachStdin"] = spec.OpenStdin,
            ["AttachStdout"] = !spec.Detached,
            ["AttachStderr"] = !spec.Detached,
            ["ExposedPorts"] = new JsonObject(spec.ExposedPorts.Select(p => KeyValuePair.Create<string, JsonNode?>(p, new JsonObject()))),
            ["Tty"] = process.Terminal,
            ["OpenStdin"] = spec.OpenStdin,
            ["StdinOnce"] = spec.OpenStdin,
            ["Env"] = List(process.Environment),
            ["Cmd"] = List(process.Arguments.Skip(process.EntrypointCount)),
            ["Image"] = spec.Image.Reference,
            ["Volumes"] = null,
            ["WorkingDir"] = process.WorkingDirectory,
            ["Entrypoint"] = process.EntrypointCount == 0 ? null : List(process.Arguments.Take(process.EntrypointCount)),
            ["Labels"] = Map(spec.Labels),
            ["StopSignal"] = spec.StopSignal,
            ["StopTimeout"] = spec.StopTimeoutSeconds,
        };
        if (spec.Healthcheck is { } check)
        {
            shown["Healthcheck"] = HealthInspection.Of(check);
        }

        return shown;
    }

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
