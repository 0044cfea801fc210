using System.Text.Json;
using System.Text.Json.Serialization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Store;

/// <summary>A container id as a JSON string.</summary>
internal sealed class ContainerIdConverter : JsonConverter<ContainerId>
{
    public override ContainerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ContainerId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("no container id");

    public override void Write(Utf8JsonWriter writer, ContainerId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
