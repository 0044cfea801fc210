using System.Text.Json.Nodes;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Third-party storage providers: <c>--mount type=PLUGIN,…</c>. The plugin says what to mount, the engine mounts it.</summary>
public sealed class StoragePluginTests(MinidockFixture fixture) : PluginTest(fixture)
{
    private string Volume => Path.Combine(Scratch, "volume");

    [Fact]
    public void The_engine_mounts_what_the_plugin_names_and_the_plugin_puts_it_away()
    {
        Write("ram", "storage", "attach detach", ShellPlugins.Storage(Calls, Volume));

        var outcome = Engine.RunRm("--mount", "type=ram,src=any,dst=/r,size=64k", "busybox", "sh", "-c", "grep ' /r ' /proc/mounts; touch /r/x && echo written");

        Assert.Matches("^tmpfs /r tmpfs rw,nosuid,nodev.*size=64k", outcome.Lines[0]);
        Assert.Equal("written", outcome.Lines[1]);
        Assert.Equal(["storage.attach", "storage.detach"], File.ReadAllLines(Calls));
        Assert.False(Directory.Exists(Volume));
    }

    [Fact]
    public void A_directory_and_what_belongs_below_it_are_mounted_and_a_link_inside_leads_nowhere_else()
    {
        var secret = Directory.CreateDirectory(Path.Combine(Scratch, "secret")).FullName;
        Write("dirs", "storage", "attach detach", $$$"""
            {{{ShellPlugins.Head(Calls)}}}
            case $op in
            storage.attach)
                mkdir -p {{{Volume}}}/below; ln -sfn {{{secret}}} {{{Volume}}}/link; mkdir -p {{{Volume}}}{{{secret}}}
                echo '{"ok":true,"result":{"mounts":[{"type":"bind","source":"{{{Volume}}}"},{"type":"tmpfs","source":"tmpfs","target":"below"},{"type":"tmpfs","source":"tmpfs","target":"link"}]}}' ;;
            storage.detach) rm -rf {{{Volume}}}; echo '{"ok":true}' ;;
            esac
            """);

        var outcome = Engine.RunRm("--mount", "type=dirs,dst=/vol,readonly", "busybox", "sh", "-c", "grep ' /vol' /proc/mounts | cut -d' ' -f2; touch /vol/x 2>&1 || true; touch /vol/below/x 2>&1 || true");

        Assert.Equal(["/vol", "/vol/below", $"/vol{secret}"], outcome.Lines[..3]);
        Assert.Contains("Read-only file system", outcome.Lines[3]);
        Assert.Contains("Read-only file system", outcome.Lines[4]);
        Directory.Delete(secret);
    }

    [Theory]
    [InlineData("""{"ok":true}""", "it gave no mounts")]
    [InlineData("""{"ok":true,"result":{"mounts":[{"type":"bind","source":"/no/such"}]}}""", "/no/such to bind, which is no directory")]
    [InlineData("""{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs","target":"below"}]}}""", "its first mount is not the target itself")]
    [InlineData("""{"ok":true,"result":{"mounts":[{"source":"tmpfs"}]}}""", "its result is not one")]
    [InlineData("""{"ok":true,"result":{"mounts":[{"type":"ext4","source":"/dev/null"}]}}""", "mount")]
    [InlineData("""{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs","flags":["sideways"]}]}}""", "mount flag sideways: unknown")]
    public void A_result_that_cannot_be_mounted_fails_the_start_and_is_taken_back(string reply, string told)
    {
        Write("odd", "storage", "attach detach", $$$"""
            {{{ShellPlugins.Head(Calls)}}}
            case $op in
            storage.attach) echo '{{{reply}}}' ;;
            *) echo '{"ok":true}' ;;
            esac
            """);

        var outcome = Engine.Run("run", "--rm", "--mount", "type=odd,dst=/d", "busybox", "true").ShouldExit(125);

        Assert.Contains(told, outcome.Stderr);
        Assert.Equal(["storage.attach", "storage.detach"], File.ReadAllLines(Calls));
    }

    [Fact]
    public void A_detach_that_fails_is_told_and_tried_again_by_the_next_command()
    {
        var gate = Path.Combine(Scratch, "gate");
        Write("ram", "storage", "attach detach", $$$"""
            {{{ShellPlugins.Head(Calls)}}}
            case $op in
            storage.attach) echo '{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs"}]},"state":[1,2]}' ;;
            *) if [ -e {{{gate}}} ]; then echo '{"ok":true}'; else echo '{"ok":false,"error":{"code":"EBUSY","message":"the volume is busy","hint":"wait"}}'; fi
               case $request in *'"state":[1,2]'*) echo with state >> {{{Calls}}} ;; esac ;;
            esac
            """);

        var outcome = Engine.Run("run", "--rm", "--mount", "type=ram,dst=/d", "busybox", "true").ShouldExit(125);
        Assert.Contains("plugin ram storage.detach: EBUSY (the volume is busy)", outcome.Stderr);
        File.WriteAllText(gate, "");
        Engine.Run("ps", "-aq").ShouldSucceed();
        File.Delete(gate);

        var calls = File.ReadAllLines(Calls);
        Assert.Equal("storage.attach", calls[0]);
        Assert.True(calls.Length >= 5, string.Join(' ', calls));
        Assert.Equal(Enumerable.Repeat<string[]>(["storage.detach", "with state"], calls.Length / 2).SelectMany(c => c), calls[1..]);
        Assert.Equal("", Engine.Run("ps", "-aq").ShouldSucceed().Text);
    }

    [Fact]
    public void A_type_that_nobody_has_is_told_with_those_of_plugins()
    {
        Write("ram", "storage", "attach detach", ShellPlugins.Storage(Calls, Volume), ("optionsSchema", JsonNode.Parse("""{"properties":{"size":{}},"additionalProperties":false}""")));

        Assert.Matches("known types: .* ram(\\s|$)", Engine.Run("run", "--rm", "--mount", "type=rom,dst=/d", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("sise: no such option", Engine.Run("run", "--rm", "--mount", "type=ram,dst=/d,sise=3", "busybox", "true").ShouldExit(125).Stderr);
        Assert.False(File.Exists(Calls));
    }
}
