using System.Buffers;
using System.Text.Json;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Events;

/// <summary>The lines of the event log, a JSON object each. Written token by token, as the journal is, because a start pays for it.</summary>
internal static class EventFormat
{
    public static void Write(IBufferWriter<byte> output, EngineEvent happened)
    {
        using (var json = new Utf8JsonWriter(output, QuickJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("ticks"u8, happened.Time.UtcTicks);
            json.WriteNumber(happened.IsLate ? "late"u8 : "at"u8, happened.Monotonic);
            json.WriteString("type"u8, happened.Type);
            json.WriteString("action"u8, happened.Action);
            json.WriteString("id"u8, happened.Id);
            json.WriteStartObject("attributes"u8);
            foreach (var (name, value) in happened.Attributes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads a line; null where a full disk or a crash has spoiled it.</summary>
    public static EngineEvent? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var happened = new EngineEvent("", "", "", []);
            var json = new Utf8JsonReader(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString();
                json.Read();
                happened = name switch
                {
                    "ticks" => happened with { Time = new DateTimeOffset(json.GetInt64(), TimeSpan.Zero) },
                    "at" => happened with { Monotonic = json.GetInt64() },
                    "late" => happened with { Monotonic = json.GetInt64(), IsLate = true },
                    "type" => happened with { Type = json.GetString() ?? "" },
                    "action" => happened with { Action = json.GetString() ?? "" },
                    "id" => happened with { Id = json.GetString() ?? "" },
                    "attributes" => happened with { Attributes = Attributes(ref json) },
                    _ => happened,
                };
            }

            return happened.Type.Length > 0 ? happened : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static List<KeyValuePair<string, string>> Attributes(ref Utf8JsonReader json)
    {
        var attributes = new List<KeyValuePair<string, string>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            attributes.Add(new(name, json.GetString() ?? ""));
        }

        return attributes;
    }
}
