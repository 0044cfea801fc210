using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MiniDock.Abstractions.Plugins;
using MiniDock.Tests.Unit.Style;

namespace MiniDock.Tests.Unit.ThirdParty;

/// <summary>JSON Schemas of what engine and plugins exchange, in docs/schemas, made of the types that read and write it. MINIDOCK_APPROVE=1 writes them anew.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Types = new()
    {
        ["manifest"] = PluginJson.Default.PluginManifest,
        ["request"] = PluginJson.Default.PluginRequest,
        ["reply"] = PluginJson.Default.PluginReply,
        ["plan-result"] = PluginJson.Default.PluginPlanResult,
        ["network-result"] = PluginJson.Default.NetworkResult,
        ["storage-result"] = PluginJson.Default.StorageResult,
        ["cgroup-result"] = PluginJson.Default.CgroupResult,
        ["hook-result"] = PluginJson.Default.HookResult,
    };

    public static TheoryData<string> Names => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_is_that_of_the_type(string name)
    {
        var path = Repository.PathOf($"docs/schemas/{name}.schema.json");
        var text = Types[name].GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", TypeInfoResolver = new DefaultJsonTypeInfoResolver() }) + "\n";
        if (Environment.GetEnvironmentVariable("MINIDOCK_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void What_a_reply_leaves_out_has_its_default_and_null_is_no_collection()
    {
        var result = JsonSerializer.Deserialize("""{"ips":[{"address":"192.0.2.1/24"}],"unknown":1}""", PluginJson.Default.NetworkResult)!;

        Assert.Empty(result.Interfaces);
        Assert.Null(Assert.Single(result.Ips).Gateway);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"ips":null}""", PluginJson.Default.NetworkResult));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"id":1}""", PluginJson.Default.PluginReply));
    }
}
