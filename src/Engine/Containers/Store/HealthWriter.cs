using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Writes what checks of health have come to; by hand, which keeps the monitor small.</summary>
internal static class HealthWriter
{
    public static void Write(Utf8JsonWriter json, HealthState health)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, NameOf(health.Status));
        json.WriteNumber("failingStreak"u8, health.FailingStreak);
        json.Objects("log"u8, health.Log, static (json, probe) =>
        {
            json.WriteString("start"u8, probe.Start);
            json.WriteString("end"u8, probe.End);
            json.WriteNumber("exitCode"u8, probe.ExitCode);
            json.WriteString("output"u8, probe.Output);
        });
        json.WriteEndObject();
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "Healthy",
        HealthStatus.Unhealthy => "Unhealthy",
        _ => "Starting",
    };
}
