using System.Text.Json;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Plugins.Cgroups;

/// <summary>Limits as OCI's <c>linux.resources</c>, config-linux.md; what is not limited is left out.</summary>
internal static class OciResources
{
    public static JsonElement Of(ResourceLimits limits)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Object(json, "memory", ("limit", limits.MemoryLimitBytes), ("reservation", limits.MemoryReservationBytes), ("swap", limits.MemorySwapBytes), ("swappiness", limits.MemorySwappiness));
            Object(json, "cpu", ("shares", limits.CpuShares), ("quota", limits.CpuQuotaMicroseconds), ("period", limits.CpuPeriodMicroseconds), ("cpus", limits.CpusetCpus), ("mems", limits.CpusetMems));
            Object(json, "pids", ("limit", limits.PidsLimit));
            Object(json, "blockIO", ("weight", limits.BlkioWeight));
            json.WriteEndObject();
        }

        return PluginSteps.Parse(System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    private static void Object(Utf8JsonWriter json, string name, params (string Name, object? Value)[] members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            switch (value)
            {
                case string text:
                    json.WriteString(member, text);
                    break;
                case long number:
                    json.WriteNumber(member, number);
                    break;
                case int number:
                    json.WriteNumber(member, number);
                    break;
            }
        }

        json.WriteEndObject();
    }
}
