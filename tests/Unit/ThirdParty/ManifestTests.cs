using MiniDock.Engine.Plugins;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.ThirdParty;

/// <summary>What a manifest must hold. A plugin with a bad one is listed with all its mistakes and cannot be used.</summary>
public sealed class ManifestTests : IDisposable
{
    private const string Good = """
        {"name":"wire","version":"1.0","protocol":[1],"kind":"network","exec":"program","ops":["attach","detach"],"timeoutMs":100,"later":{"unknown":"field"}}
        """;

    private readonly string _place = Directory.CreateTempSubdirectory("plugins").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void A_good_manifest_is_read_and_unknown_fields_are_ignored()
    {
        Write("a", Good);

        var plugin = Assert.Single(Catalog().List());

        Assert.True(plugin.IsUsable, string.Join('\n', plugin.Problems.Select(p => p.Message)));
        Assert.Equal(("wire", "1.0", 100), (plugin.Name, plugin.Manifest!.Version, plugin.TimeoutOf("attach")));
        Assert.Equal(30_000, plugin.TimeoutOf("create"));
        Assert.Equal(Path.Combine(_place, "a", "program"), plugin.Program);
    }

    [Theory]
    [InlineData("\"wire\"", "\"Wire!\"", "name: lower-case letters")]
    [InlineData("\"wire\"", "\"bridge\"", "EEXIST (name: bridge is built in)")]
    [InlineData("[1]", "[2,3]", "EPROTONOSUPPORT (protocol: it speaks 2, 3; this minidock speaks 1)")]
    [InlineData("\"network\"", "\"printer\"", "EINVAL")]
    [InlineData("\"program\"", "\"../program\"", "exec: a path in the plugin's directory")]
    [InlineData("\"program\"", "\"nothing\"", "nothing: ENOENT")]
    [InlineData("\"program\"", "\".\"", "not a regular file")]
    [InlineData("\"detach\"", "\"fly\"", "ops: fly is none of create remove attach detach check gc status")]
    [InlineData(",\"detach\"", "", "ops: detach is missing")]
    [InlineData("100", "1", "timeoutMs: 10 to 600000")]
    [InlineData("100", "\"fast\"", "EINVAL")]
    [InlineData("100", "100,\"sha256\":\"12\"", "sha256: 64 hexadecimal digits")]
    [InlineData("100", "100,\"needs\":[\"no-such-program\"]", "ENOENT (needs: no-such-program is not on this host)")]
    [InlineData("100", "100,\"optionsSchema\":[]", "optionsSchema: a JSON Schema")]
    [InlineData("100", "100,\"env\":{\"A=B\":\"\"}", "env: A=B is no variable")]
    [InlineData("100", "100,\"needs\":null", "EINVAL")]
    [InlineData("\"version\":\"1.0\",", "", "EINVAL")]
    [InlineData("{", "", "EINVAL")]
    public void Each_mistake_is_told_with_the_file(string good, string bad, string told)
    {
        Write("a", Good.Replace(good, bad, StringComparison.Ordinal));

        var plugin = Assert.Single(Catalog().List());

        Assert.False(plugin.IsUsable);
        Assert.Contains(plugin.Problems, p => p.Message.Contains(told, StringComparison.Ordinal));
        Assert.Contains(plugin.Problems, p => p.Message.Contains(_place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("minidock-plugin.json")]
    [InlineData("program")]
    [InlineData("")]
    public void What_others_can_write_is_not_believed(string file)
    {
        var path = Path.Combine(Write("a", Good), file);
        Files.FChmodAt(null, path, Files.Stat(path).Permissions | 2);

        var plugin = Assert.Single(Catalog().List());

        Assert.Contains(plugin.Problems, p => p.Message.Contains("is writable by others", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_may_not_be_executed_and_a_manifest_without_end_are_told()
    {
        var directory = Write("a", Good);
        Files.FChmodAt(null, Path.Combine(directory, "program"), 0x180);
        Assert.Contains(Catalog().List()[0].Problems, p => p.Message.Contains("it may not be executed", StringComparison.Ordinal));

        File.WriteAllText(Path.Combine(directory, "minidock-plugin.json"), new string(' ', 300 << 10));
        Assert.Contains(Catalog().List()[0].Problems, p => p.Message.Contains("EFBIG", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_of_a_name_hides_the_others_and_a_place_may_be_a_plugin_itself()
    {
        var first = Write("one/a", Good);
        Write("two/a", Good.Replace("1.0", "2.0", StringComparison.Ordinal));
        Write("two/.b", Good.Replace("wire", "hidden", StringComparison.Ordinal));

        var found = new PluginCatalog(() => [first, Path.Combine(_place, "none"), Path.Combine(_place, "two")]).List();

        Assert.Equal("1.0", Assert.Single(found).Manifest!.Version);
    }

    private PluginCatalog Catalog() => new(() => [_place]);

    private string Write(string name, string manifest)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_place, name)).FullName;
        File.WriteAllText(Path.Combine(directory, "minidock-plugin.json"), manifest);
        var program = Path.Combine(directory, "program");
        File.WriteAllText(program, "#!/bin/sh\n");
        Files.FChmodAt(null, program, 0x1C0);
        return directory;
    }
}
