using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Images.Store;

/// <summary>Reads an image's config. What it does not know it passes over; what has the wrong shape is an error.</summary>
internal static class ImageConfigReader
{
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">JSON, but no image config.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than it should.</exception>
    public static ImageConfig Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("rootfs", out var layers))
        {
            throw new FormatException("it has no rootfs");
        }

        return new ImageConfig
        {
            Created = root.Time("created"),
            Author = root.Text("author"),
            Architecture = root.Text("architecture") ?? "",
            Os = root.Text("os") ?? "",
            RunConfig = root.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object ? ReadDefaults(config) : new ImageRunConfig(),
            DiffIds = layers.Objects("diff_ids", one => Digest.Parse(one.GetString() ?? "")) ?? [],
            History = root.Objects("history", ReadHistory) ?? [],
        };
    }

    private static ImageRunConfig ReadDefaults(JsonElement config) => new()
    {
        User = config.Text("User") ?? "",
        ExposedPorts = Set(config, "ExposedPorts"),
        Environment = config.List("Env") ?? [],
        Entrypoint = config.List("Entrypoint"),
        Command = config.List("Cmd"),
        Volumes = Set(config, "Volumes"),
        WorkingDirectory = config.Text("WorkingDir") ?? "",
        Labels = config.Map("Labels"),
        StopSignal = config.Text("StopSignal"),
        Healthcheck = config.Object("Healthcheck", ReadHealthcheck),
    };

    private static HealthcheckSpec? ReadHealthcheck(JsonElement check) => check.List("Test") is not { } test
        ? null
        : new HealthcheckSpec(test)
        {
            IntervalNanoseconds = check.Number("Interval") ?? 0,
            TimeoutNanoseconds = check.Number("Timeout") ?? 0,
            StartPeriodNanoseconds = check.Number("StartPeriod") ?? 0,
            StartIntervalNanoseconds = check.Number("StartInterval") ?? 0,
            Retries = check.Integer("Retries"),
        };

    private static ImageHistory ReadHistory(JsonElement step) => new()
    {
        Created = step.Time("created"),
        CreatedBy = step.Text("created_by"),
        Author = step.Text("author"),
        Comment = step.Text("comment"),
        IsEmptyLayer = step.Flag("empty_layer"),
    };

    private static List<string> Set(JsonElement from, string name) => JsonReading.TryGet(from, name, out var value)
        ? [.. value.EnumerateObject().Select(one => one.Name)]
        : [];
}
