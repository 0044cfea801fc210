using System.Text.Json;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Images;

/// <summary>Images and the containers that use them.</summary>
public sealed class ContainerTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void An_image_in_use_stays_and_with_force_its_layers_do_as_long_as_they_are_needed()
    {
        Import("used", "content");
        Engine.Run("run", "--name", "user", "--net", "none", "used", "/bin/true").ShouldSucceed();
        var refusal = Engine.Run("rmi", "used").ShouldExit(1);
        Assert.Contains("in use (container ", refusal.Stderr, StringComparison.Ordinal);
        Engine.Run("run", "--rm", "--net", "none", "used", "/bin/true").ShouldSucceed();

        Engine.Run("rmi", "-f", "used").ShouldSucceed();
        Engine.Run("run", "--rm", "--net", "none", "used", "/bin/true").ShouldExit(125);
        Engine.Run("rm", "user").ShouldSucceed();
        Engine.Run("image", "prune", "-f").ShouldSucceed();
        new StoreView(Engine).ShouldBeWhole();
    }

    [Fact]
    public void The_root_directory_has_the_mode_of_the_image()
    {
        Import("moded", "x", "chmod 751 t");
        Assert.Equal("751", Engine.RunRm("--net", "none", "moded", "/bin/stat", "-c", "%a", "/").Text);
        Engine.Run("rmi", "moded").ShouldSucceed();
    }

    [Fact]
    public void A_store_on_a_file_system_whose_files_cannot_be_mounted_works_through_loop_devices()
    {
        var engine = new Minidock(Path.Combine(Scratch, "memory"));
        Directory.CreateDirectory(engine.Root);
        HostCommand.Run("mount", "-t", "tmpfs", "tmpfs", engine.Root).ShouldSucceed();
        try
        {
            engine.Run("import", BusyboxTar.Path).ShouldSucceed();
            Assert.Equal("hello", engine.RunRm("--net", "none", "busybox", "echo", "hello").Text);
            Assert.Equal("hello", engine.RunRm("--net", "none", "busybox", "echo", "hello").Text);
        }
        finally
        {
            HostCommand.Run("umount", engine.Root).ShouldSucceed();
        }
    }

    [Fact]
    public void Where_layers_cannot_be_mounted_they_are_extracted_once()
    {
        var engine = new Minidock(Path.Combine(Scratch, "directories"));
        engine.Run("import", BusyboxTar.Path).ShouldSucceed();
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("hello", engine.Run("--storage-driver", "dir", "run", "--rm", "--net", "none", "busybox", "echo", "hello").ShouldSucceed().Text);
        }

        var extracted = Path.Combine(engine.Root, "images/extracted");
        Assert.Single(Directory.GetDirectories(extracted));
        engine.Run("rmi", "busybox").ShouldSucceed();
        Assert.Empty(Directory.GetDirectories(extracted));
        new StoreView(engine).ShouldBeEmpty();
    }

    [Fact]
    public void Lists_history_and_inspection_tell_what_was_imported()
    {
        Import("told", "content", "", "--message", "why", "--change", "CMD [\"/bin/true\"]", "--change", "LABEL a=b", "--change", "EXPOSE 80");
        var id = Engine.Run("images", "-q", "--no-trunc", "told").ShouldSucceed().Text;
        Assert.Equal($"told latest {id["sha256:".Length..][..12]}", Engine.Run("images", "told", "--format", "{{.Repository}} {{.Tag}} {{.ID}}").Text);
        Assert.Equal("told", Engine.Run("images", "--filter", "label=a=b", "--format", "{{.Repository}}").Text);
        Assert.Equal("why", Engine.Run("history", "told", "--format", "{{.Comment}}").Text);
        using var json = JsonDocument.Parse(Engine.Run("inspect", "told").ShouldSucceed().Stdout);
        var image = json.RootElement[0];
        Assert.Equal(id, image.GetProperty("Id").GetString());
        Assert.Equal("/bin/true", image.GetProperty("Config").GetProperty("Cmd")[0].GetString());
        Assert.True(image.GetProperty("Config").GetProperty("ExposedPorts").TryGetProperty("80/tcp", out _));
        Engine.RunRm("--net", "none", "told");

        Engine.Run("tag", "told", "team/told:2").ShouldSucceed();
        Assert.Equal(2, Engine.Run("inspect", "-f", "{{len .RepoTags}}", id).Text[0] - '0');
        Assert.Equal("Untagged: told:latest", Engine.Run("rmi", "told").Text);
        Engine.Run("rmi", "team/told:2").ShouldSucceed();
        Engine.Run("images", "-q", "told").ShouldSucceed();
        Assert.Contains("not found", Engine.Run("rmi", "told").ShouldExit(1).Stderr, StringComparison.Ordinal);
    }

    private void Import(string name, string content, string more = "", params string[] flags)
    {
        var archive = Path.Combine(Scratch, $"{name}.tar");
        HostCommand.Shell($"cd {Scratch}; rm -rf t; mkdir t; tar -C t -xf {BusyboxTar.Path}; echo {content}-{name} > t/content; {more}; tar -C t -cf {archive} .".Replace("; ;", ";"));
        Engine.Run(["import", .. flags, archive, name]).ShouldSucceed();
    }
}
