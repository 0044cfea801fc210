using System.Text.Json;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cli;

public sealed class ContainerVerbTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    protected override void TearDown() => Engine.Run("rm", "-f", "zion", "moon");

    [Fact]
    public void Ps_shows_dockers_columns()
    {
        Engine.Run("run", "--name", "zion", "--net", "none", "busybox", "sh", "-c", "exit 3").ShouldExit(3);
        Assert.Empty(Engine.Run("ps", "-q").ShouldSucceed().Text);
        var lines = Engine.Run("ps", "-a").ShouldSucceed().Lines;
        Assert.Equal("CONTAINER ID   IMAGE     COMMAND            CREATED                  STATUS                              PORTS     NAMES".Split(' ', StringSplitOptions.RemoveEmptyEntries),
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^[0-9a-f]{12}   busybox   ""sh -c 'exit 3'""|^[0-9a-f]{12}   busybox   ""sh -c exit 3""", lines[1]);
        Assert.Contains("Exited (3)", lines[1]);
        Assert.EndsWith("zion", lines[1]);
    }

    [Fact]
    public void Ps_filters_and_formats()
    {
        Engine.Run("run", "--name", "zion", "--net", "none", "-l", "kind=a", "busybox", "true").ShouldSucceed();
        using var running = Engine.Start("run", "--name", "moon", "--net", "none", "-l", "kind=b", "busybox", "sleep", "1000");
        ContainerView.Of(Engine, "moon");

        Assert.Equal("moon", Names());
        Assert.Equal("moon zion", Names("-a"));
        Assert.Equal("zion", Names("--filter", "status=exited"));
        Assert.Equal("zion", Names("-a", "--filter", "label=kind=a"));
        Assert.Equal("moon zion", Names("-a", "--filter", "name=zion", "--filter", "name=moon"));
        Assert.Equal("", Names("-a", "--filter", "name=zion", "--filter", "status=running"));
        Assert.Equal("moon", Names("-n", "1"));
        Assert.Equal("moon", Names("-l"));
        Assert.Equal("zion", Names("-a", "--filter", "before=moon"));
        Assert.Equal("moon zion", Names("-a", "--filter", "ancestor=busybox"));

        using var row = JsonDocument.Parse(Engine.Run("ps", "--format", "json").ShouldSucceed().Stdout);
        Assert.Equal("running", row.RootElement.GetProperty("State").GetString());
        Assert.Equal(["NAMES     STATE", "moon      running"], Engine.Run("ps", "--format", "table {{.Names}}\\t{{.State}}").Lines);
        Engine.Run("rm", "moon").ShouldExit(1);
        Engine.Run("rm", "-f", "moon").ShouldSucceed();
        running.Wait().ShouldExit(137);

        string Names(params string[] arguments) =>
            string.Join(' ', Engine.Run(["ps", "--format", "{{.Names}}", .. arguments]).ShouldSucceed().Lines);
    }

    [Fact]
    public void Inspect_has_dockers_shape()
    {
        using var running = Engine.Start(
            "run", "--name", "zion", "--mem", "64M", "-e", "A=b", "-w", "/tmp", "-u", "1000", "-v", "/etc:/host:ro", "--hostname", "z", "busybox", "sleep", "1000");
        var view = ContainerView.Of(Engine, "zion");
        using var document = JsonDocument.Parse(Engine.Run("inspect", "zion").ShouldSucceed().Stdout);
        var container = document.RootElement[0];
        Assert.Equal("/zion", container.GetProperty("Name").GetString());
        Assert.Equal(view.Pid, container.GetProperty("State").GetProperty("Pid").GetInt32());
        Assert.True(container.GetProperty("State").GetProperty("Running").GetBoolean());
        Assert.Equal(64 << 20, container.GetProperty("HostConfig").GetProperty("Memory").GetInt64());
        Assert.Equal("1000 /tmp z", Format("{{.Config.User}} {{.Config.WorkingDir}} {{.Config.Hostname}}"));
        Assert.Equal("/etc:/host:ro", Format("{{index .HostConfig.Binds 0}}"));
        Assert.Equal("false", Format("{{range .Mounts}}{{.RW}}{{end}}"));
        Assert.Matches(@"^\d+\.\d+\.\d+\.\d+ 16|^\d+\.\d+\.\d+\.\d+ \d+", Format("{{.NetworkSettings.IPAddress}} {{.NetworkSettings.IPPrefixLen}}"));
        Assert.Equal(Format("{{.NetworkSettings.IPAddress}}"), Format("{{range $name, $net := .NetworkSettings.Networks}}{{$net.IPAddress}}{{end}}"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        string Format(string template) => Engine.Run("inspect", "-f", template, "zion").ShouldSucceed().Text;
    }

    [Fact]
    public void A_name_in_use_is_refused()
    {
        Engine.Run("run", "--name", "zion", "--net", "none", "busybox", "true").ShouldSucceed();
        var outcome = Engine.Run("run", "--name", "zion", "--net", "none", "busybox", "true").ShouldExit(125);
        Assert.Contains("container name zion: EEXIST (in use by container ", outcome.Stderr);
        Engine.Run("rm", "zion").ShouldSucceed();
    }

    [Fact]
    public void The_id_file_is_written_once()
    {
        var file = Path.Combine(Scratch, "id");
        Engine.Run("run", "--name", "zion", "--net", "none", "--cidfile", file, "busybox", "true").ShouldSucceed();
        Assert.Equal(Engine.Run("inspect", "-f", "{{.Id}}", "zion").Text, File.ReadAllText(file));
        Engine.Run("run", "--rm", "--net", "none", "--cidfile", file, "busybox", "true").ShouldExit(125);
        Engine.Run("rm", "zion").ShouldSucceed();
        File.Delete(file);
    }

    [Fact]
    public void Pruning_removes_what_does_not_run()
    {
        Engine.Run("run", "--name", "zion", "--net", "none", "busybox", "true").ShouldSucceed();
        using var running = Engine.Start("run", "--name", "moon", "--net", "none", "busybox", "sleep", "1000");
        ContainerView.Of(Engine, "moon");
        Assert.Contains("Are you sure", Engine.RunWithInput("n\n", "container", "prune").ShouldSucceed().Stderr);
        Assert.Equal(2, Engine.Run("ps", "-aq").Lines.Length);
        Assert.Matches(@"\nContainers +2 ", Engine.Run("system", "df").ShouldSucceed().Stdout);
        Assert.Contains("Total reclaimed space: ", Engine.Run("system", "prune", "-f").ShouldSucceed().Stdout);
        Assert.Equal("moon", Engine.Run("ps", "-a", "--format", "{{.Names}}").Text);
        Engine.Run("rm", "-f", "moon").ShouldSucceed();
    }

    [Fact]
    public void Info_tells_about_the_host()
    {
        using var info = JsonDocument.Parse(Engine.Run("info", "--format", "json").ShouldSucceed().Stdout);
        Assert.Equal(Engine.Root, info.RootElement.GetProperty("Root").GetString());
        Assert.Equal(Environment.ProcessorCount, info.RootElement.GetProperty("NCPU").GetInt32());
    }
}
