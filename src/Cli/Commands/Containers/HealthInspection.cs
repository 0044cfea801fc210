using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Health in the shape of <c>docker inspect</c>, in words of <c>docker ps</c>.</summary>
internal static class HealthInspection
{
    /// <summary>What checks have come to.</summary>
    public static JsonObject Of(HealthState health) => new()
    {
        ["Status"] = StatusName(health.Status),
        ["FailingStreak"] = health.FailingStreak,
        ["Log"] = new JsonArray([.. health.Log.Select(Probe)]),
    };

    /// <summary>What is checked, for containers and images.</summary>
    public static JsonObject Of(HealthcheckSpec check)
    {
        var shown = new JsonObject { ["Test"] = ContainerInspection.List(check.Test) };
        Add("Interval", check.IntervalNanoseconds);
        Add("Timeout", check.TimeoutNanoseconds);
        Add("StartPeriod", check.StartPeriodNanoseconds);
        Add("StartInterval", check.StartIntervalNanoseconds);
        Add("Retries", check.Retries);
        return shown;

        void Add(string name, long value)
        {
            if (value != 0)
            {
                shown[name] = value;
            }
        }
    }

    /// <summary>docker's word for a status.</summary>
    public static string StatusName(HealthStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>What follows the status in <c>ps</c>; empty without checks.</summary>
    public static string Suffix(HealthState? health) => health?.Status switch
    {
        null => "",
        HealthStatus.Starting => " (health: starting)",
        { } status => $" ({StatusName(status)})",
    };

    private static JsonNode Probe(HealthProbe probe) => new JsonObject
    {
        ["Start"] = ContainerInspection.Time(probe.Start),
        ["End"] = ContainerInspection.Time(probe.End),
        ["ExitCode"] = probe.ExitCode,
        ["Output"] = probe.Output,
    };
}
