using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Writes a state, by hand for the reason of <see cref="SpecWriter"/>.</summary>
internal static class StateWriter
{
    public static void Write(Utf8JsonWriter json, ContainerState state)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, NameOf(state.Status));
        json.WriteNumber("pid"u8, state.Pid);
        json.WriteNumber("pidStartTime"u8, state.PidStartTime);
        json.WriteString("bootId"u8, state.BootId);
        json.Optional("startedAt"u8, state.StartedAt);
        json.Optional("finishedAt"u8, state.FinishedAt);
        json.WriteNumber("exitCode"u8, state.ExitCode);
        json.WriteBoolean("oomKilled"u8, state.OomKilled);
        json.WriteNumber("restartCount"u8, state.RestartCount);
        json.WriteString("error"u8, state.Error);
        json.Objects("networks"u8, state.Networks, Endpoint);
        json.Objects("ports"u8, state.Ports, SpecWriter.Port);
        json.WriteEndObject();
    }

    private static string NameOf(ContainerStatus status) => status switch
    {
        ContainerStatus.Created => "Created",
        ContainerStatus.Running => "Running",
        ContainerStatus.Paused => "Paused",
        ContainerStatus.Restarting => "Restarting",
        _ => "Exited",
    };

    private static void Endpoint(Utf8JsonWriter json, NetworkEndpoint endpoint)
    {
        json.WriteString("network"u8, endpoint.Network);
        json.WriteString("interface"u8, endpoint.Interface);
        json.Optional("address"u8, endpoint.Address);
        json.Optional("gateway"u8, endpoint.Gateway);
        json.Optional("macAddress"u8, endpoint.MacAddress);
        json.Optional("address6"u8, endpoint.Address6);
        json.Optional("gateway6"u8, endpoint.Gateway6);
        json.Optional("networkId"u8, endpoint.NetworkId);
    }
}
