using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>JSON of a volume's definition, written and read by hand: the first use of a serializer costs a millisecond of a start.</summary>
internal static class VolumeFormat
{
    private const string Labels = "labels";
    private const string Options = "options";

    public static byte[] Write(VolumeDefinition volume)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("name", volume.Name);
            json.WriteString("created", volume.Created.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("driver", volume.Driver);
            if (volume.IsAnonymous)
            {
                json.WriteString("anonymous", "true");
            }

            WriteMap(json, Labels, volume.Labels);
            WriteMap(json, Options, volume.Options);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">It is no definition of this volume.</exception>
    public static VolumeDefinition Read(ReadOnlySpan<byte> bytes, string name)
    {
        var members = new Dictionary<string, string>();
        Dictionary<string, string> labels = [], options = [];
        try
        {
            var json = new Utf8JsonReader(bytes);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var member = json.GetString()!;
                json.Read();
                if (json.TokenType == JsonTokenType.String)
                {
                    members[member] = json.GetString()!;
                }
                else if (json.TokenType == JsonTokenType.StartObject && member is Labels or Options)
                {
                    ReadMap(ref json, member == Labels ? labels : options);
                }
                else
                {
                    json.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is no JSON: {e.Message}", e);
        }

        if (members.GetValueOrDefault("name") != name
            || !DateTimeOffset.TryParse(members.GetValueOrDefault("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created))
        {
            throw new FormatException("it does not define this volume");
        }

        return new VolumeDefinition(name, created)
        {
            Driver = members.GetValueOrDefault("driver") ?? VolumeDefinition.LocalDriver,
            IsAnonymous = members.GetValueOrDefault("anonymous") == "true",
            Labels = labels,
            Options = options,
        };
    }

    private static void WriteMap(Utf8JsonWriter json, string member, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count > 0)
        {
            json.WriteStartObject(member);
            foreach (var (key, value) in map)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    private static void ReadMap(ref Utf8JsonReader json, Dictionary<string, string> map)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            map[key] = json.GetString() ?? "";
        }
    }
}
