using System.Text.Json;
using System.Text.Json.Serialization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Store;

/// <summary>A digest as a JSON string.</summary>
internal sealed class DigestConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("no digest");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
