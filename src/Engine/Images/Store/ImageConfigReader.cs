using System.Globalization;
using System.Text.Json;
using MiniDock.Abstractions.Model;

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
            Created = Time(root, "created"),
            Author = Text(root, "author"),
            Architecture = Text(root, "architecture") ?? "",
            Os = Text(root, "os") ?? "",
            RunConfig = root.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object ? ReadDefaults(config) : new ImageRunConfig(),
            DiffIds = [.. (List(layers, "diff_ids") ?? []).Select(Digest.Parse)],
            History = ReadHistory(root),
        };
    }

    private static ImageRunConfig ReadDefaults(JsonElement config) => new()
    {
        User = Text(config, "User") ?? "",
        ExposedPorts = Set(config, "ExposedPorts"),
        Environment = List(config, "Env") ?? [],
        Entrypoint = List(config, "Entrypoint"),
        Command = List(config, "Cmd"),
        Volumes = Set(config, "Volumes"),
        WorkingDirectory = Text(config, "WorkingDir") ?? "",
        Labels = Map(config, "Labels"),
        StopSignal = Text(config, "StopSignal"),
        Healthcheck = ReadHealthcheck(config),
    };

    private static HealthcheckSpec? ReadHealthcheck(JsonElement config)
    {
        if (!TryGet(config, "Healthcheck", out var check) || List(check, "Test") is not { } test)
        {
            return null;
        }

        return new HealthcheckSpec(test)
        {
            IntervalNanoseconds = Number(check, "Interval"),
            TimeoutNanoseconds = Number(check, "Timeout"),
            StartPeriodNanoseconds = Number(check, "StartPeriod"),
            StartIntervalNanoseconds = Number(check, "StartInterval"),
            Retries = (int)Number(check, "Retries"),
        };
    }

    private static List<ImageHistory> ReadHistory(JsonElement root)
    {
        if (!TryGet(root, "history", out var history))
        {
            return [];
        }

        return
        [
            .. history.EnumerateArray().Select(step => new ImageHistory
            {
                Created = Time(step, "created"),
                CreatedBy = Text(step, "created_by"),
                Author = Text(step, "author"),
                Comment = Text(step, "comment"),
                IsEmptyLayer = step.TryGetProperty("empty_layer", out var empty) && empty.GetBoolean(),
            }),
        ];
    }

    private static bool TryGet(JsonElement from, string name, out JsonElement value) =>
        from.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement from, string name) => TryGet(from, name, out var value) ? value.GetString() : null;

    private static long Number(JsonElement from, string name) => TryGet(from, name, out var value) ? value.GetInt64() : 0;

    // RFC 3339, which is what OCI asks for, needs no culture; what else people have is read all the same.
    private static DateTimeOffset? Time(JsonElement from, string name) => Text(from, name) is not { Length: > 0 } text
        ? null
        : from.GetProperty(name).TryGetDateTimeOffset(out var time)
            ? time
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static List<string>? List(JsonElement from, string name) => TryGet(from, name, out var value)
        ? [.. value.EnumerateArray().Select(one => one.GetString() ?? throw new FormatException($"{name} holds a null"))]
        : null;

    private static List<string> Set(JsonElement from, string name) => TryGet(from, name, out var value)
        ? [.. value.EnumerateObject().Select(one => one.Name)]
        : [];

    private static Dictionary<string, string> Map(JsonElement from, string name) => TryGet(from, name, out var value)
        ? value.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString() ?? "", StringComparer.Ordinal)
        : [];
}
