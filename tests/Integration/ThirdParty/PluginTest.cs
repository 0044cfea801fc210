using System.Text.Json.Nodes;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Base of tests with plugins that the test itself writes: each lies in a directory that MINIDOCK_PLUGIN_PATH names.</summary>
public abstract class PluginTest : LifeTest
{
    protected PluginTest(MinidockFixture fixture)
        : base(fixture)
    {
        Directory.CreateDirectory(Place);
        Engine.Variables["MINIDOCK_PLUGIN_PATH"] = Place;
    }

    /// <summary>Where the plugins are.</summary>
    protected string Place => Path.Combine(Scratch, "plugins");

    /// <summary>A file that plugins write what they were asked to.</summary>
    protected string Calls => Path.Combine(Scratch, "calls");

    /// <summary>Writes a plugin.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="operations">Its operations, separated by spaces.</param>
    /// <param name="script">Its program, with its first line.</param>
    /// <param name="more">More of its manifest.</param>
    protected string Write(string name, string kind, string operations, string script, params (string Name, JsonNode? Value)[] more)
    {
        var directory = Path.Combine(Place, name);
        Directory.CreateDirectory(directory);
        var program = Path.Combine(directory, "program");
        File.WriteAllText(program, script);
        MiniDock.Linux.Files.FChmodAt(null, program, 0x1C0);
        var manifest = new JsonObject
        {
            ["name"] = name,
            ["version"] = "1.0",
            ["protocol"] = new JsonArray(1),
            ["kind"] = kind,
            ["exec"] = "program",
            ["ops"] = new JsonArray([.. operations.Split(' ').Select(o => JsonValue.Create(o))]),
            ["timeoutMs"] = 30_000,
        };
        foreach (var (key, value) in more)
        {
            manifest[key] = value;
        }

        File.WriteAllText(Path.Combine(directory, "minidock-plugin.json"), manifest.ToJsonString());
        return directory;
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        Engine.Variables.Remove("MINIDOCK_PLUGIN_PATH");
        Directory.Delete(Place, recursive: true);
        File.Delete(Calls);
    }
}
