using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniDock.Abstractions.Plugins;

/// <summary>How manifests, requests, replies and results are read and written, on both sides; without reflection.</summary>
/// <remarks>Members that have a default are set rather than init: the generated code would take the default from those that JSON leaves out.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PluginManifest))]
[JsonSerializable(typeof(PluginRequest))]
[JsonSerializable(typeof(PluginReply))]
[JsonSerializable(typeof(PluginPlanResult))]
[JsonSerializable(typeof(NetworkResult))]
[JsonSerializable(typeof(StorageResult))]
[JsonSerializable(typeof(CgroupResult))]
[JsonSerializable(typeof(HookResult))]
public sealed partial class PluginJson : JsonSerializerContext;
