using System.Text.Json.Serialization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Serialisation of what the store keeps.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContainerIdConverter), typeof(DigestConverter)])]
[JsonSerializable(typeof(ContainerSpec))]
[JsonSerializable(typeof(ContainerState))]
[JsonSerializable(typeof(HealthState))]
internal sealed partial class ContainerJson : JsonSerializerContext;
