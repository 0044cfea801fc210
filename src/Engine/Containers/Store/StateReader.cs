using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Reads what <see cref="StateWriter"/> writes.</summary>
internal static class StateReader
{
    public static ContainerState Read(JsonElement json) => new()
    {
        Status = json.Text("status") switch
        {
            "Running" => ContainerStatus.Running,
            "Paused" => ContainerStatus.Paused,
            "Restarting" => ContainerStatus.Restarting,
            "Exited" => ContainerStatus.Exited,
            _ => ContainerStatus.Created,
        },
        Pid = json.Integer("pid"),
        PidStartTime = json.Unsigned("pidStartTime"),
        BootId = json.Text("bootId") ?? "",
        StartedAt = json.Time("startedAt"),
        FinishedAt = json.Time("finishedAt"),
        ExitCode = json.Integer("exitCode"),
        OomKilled = json.Flag("oomKilled"),
        RestartCount = json.Integer("restartCount"),
        Error = json.Text("error") ?? "",
        Networks = json.Objects("networks", Endpoint) ?? [],
        Ports = json.Objects("ports", SpecReader.Port) ?? [],
    };

    private static NetworkEndpoint Endpoint(JsonElement json) =>
        new(json.Required("network"), json.Required("interface"), json.Text("address"), json.Text("gateway"), json.Text("macAddress"))
        {
            Address6 = json.Text("address6"),
            Gateway6 = json.Text("gateway6"),
            NetworkId = json.Text("networkId"),
        };
}
