using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Reads what <see cref="HealthWriter"/> writes.</summary>
internal static class HealthReader
{
    public static HealthState Read(JsonElement json) => new()
    {
        Status = json.Text("status") switch
        {
            "Healthy" => HealthStatus.Healthy,
            "Unhealthy" => HealthStatus.Unhealthy,
            _ => HealthStatus.Starting,
        },
        FailingStreak = json.Integer("failingStreak"),
        Log = json.Objects("log", Probe) ?? [],
    };

    private static HealthProbe Probe(JsonElement json) =>
        new(json.Time("start") ?? default, json.Time("end") ?? default, json.Integer("exitCode"), json.Text("output") ?? "");
}
