using System.Globalization;
using System.Text.Json;

namespace MiniDock.Engine.Images.Store;

/// <summary>Writes an image's config as JSON; its digest is the image's id.</summary>
internal static class ImageConfigWriter
{
    public static byte[] Write(ImageConfig config)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            WriteTime(json, "created", config.Created);
            WriteText(json, "author", config.Author);
            json.WriteString("architecture", config.Architecture);
            json.WriteString("os", config.Os);
            json.WriteStartObject("config");
            WriteDefaults(json, config.RunConfig);
            json.WriteEndObject();
            json.WriteStartObject("rootfs");
            json.WriteString("type", "layers");
            WriteList(json, "diff_ids", [.. config.DiffIds.Select(id => id.ToString())]);
            json.WriteEndObject();
            json.WriteStartArray("history");
            foreach (var step in config.History)
            {
                json.WriteStartObject();
                WriteTime(json, "created", step.Created);
                WriteText(json, "created_by", step.CreatedBy);
                WriteText(json, "author", step.Author);
                WriteText(json, "comment", step.Comment);
                if (step.IsEmptyLayer)
                {
                    json.WriteBoolean("empty_layer", true);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return memory.ToArray();
    }

    /// <summary>Writes the members of the <c>config</c> object; <c>inspect</c> shows the same.</summary>
    public static void WriteDefaults(Utf8JsonWriter json, ImageRunConfig defaults)
    {
        WriteText(json, "User", defaults.User);
        WriteSet(json, "ExposedPorts", defaults.ExposedPorts);
        WriteList(json, "Env", defaults.Environment);
        WriteList(json, "Entrypoint", defaults.Entrypoint);
        WriteList(json, "Cmd", defaults.Command);
        WriteSet(json, "Volumes", defaults.Volumes);
        WriteText(json, "WorkingDir", defaults.WorkingDirectory);
        if (defaults.Labels.Count > 0)
        {
            json.WriteStartObject("Labels");
            foreach (var (name, value) in defaults.Labels)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        WriteText(json, "StopSignal", defaults.StopSignal);
        if (defaults.Healthcheck is { } check)
        {
            json.WriteStartObject("Healthcheck");
            WriteList(json, "Test", check.Test);
            WriteNumber(json, "Interval", check.IntervalNanoseconds);
            WriteNumber(json, "Timeout", check.TimeoutNanoseconds);
            WriteNumber(json, "StartPeriod", check.StartPeriodNanoseconds);
            WriteNumber(json, "StartInterval", check.StartIntervalNanoseconds);
            WriteNumber(json, "Retries", check.Retries);
            json.WriteEndObject();
        }
    }

    /// <summary>RFC 3339 with as many digits as a tick has.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        WriteText(json, name, time is { } value ? Time(value) : null);

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    // An empty list is not the same as none: ENTRYPOINT [] takes the entry point away.
    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null || (values.Count == 0 && name is "Env"))
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    // Go's sets: members with empty objects.
    private static void WriteSet(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var value in values)
        {
            json.WriteStartObject(value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
