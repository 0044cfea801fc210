using System.Text.Json.Nodes;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary><c>plugin ls</c>, <c>inspect</c>, <c>install</c> and <c>rm</c>. What is installed lies in a file system of the test's own.</summary>
public sealed class PluginCommandTests : PluginTest
{
    private const string Installed = "/usr/local/lib/minidock";

    public PluginCommandTests(MinidockFixture fixture)
        : base(fixture) => HostCommand.Shell($"mkdir -p {Installed} && mount -t tmpfs -o mode=755 tmpfs {Installed}");

    [Fact]
    public void A_plugin_is_installed_used_kept_while_it_is_used_and_removed()
    {
        var source = Write("ram", "storage", "attach detach", ShellPlugins.Storage(Calls, Path.Combine(Scratch, "volume")));
        Directory.CreateDirectory(Path.Combine(source, "more"));
        File.WriteAllText(Path.Combine(source, "more", "data"), "data");
        HostCommand.Shell($"chmod -R a+w {source}");
        Assert.Contains("is writable by others", Engine.Run("plugin", "inspect", "ram").ShouldSucceed().Stdout);
        Engine.Variables.Remove("MINIDOCK_PLUGIN_PATH");

        Assert.Equal("ram", Engine.Run("plugin", "install", source).ShouldSucceed().Text);

        Assert.Equal($"ram storage ok {Installed}/plugins/ram", Engine.Run("plugin", "ls", "--format", "{{.Name}} {{.Kind}} {{.State}} {{.Directory}}").ShouldSucceed().Text);
        Assert.Equal("data", File.ReadAllText($"{Installed}/plugins/ram/more/data"));
        Assert.Contains("EEXIST", Engine.Run("plugin", "install", source).ShouldExit(1).Stderr);
        Engine.Run("plugin", "install", "--force", source).ShouldSucceed();
        Run("zion", "--mount", "type=ram,dst=/r,size=64k", "busybox", "sleep", "1000");
        Assert.Contains("plugin ram: EBUSY (used by zion)", Engine.Run("plugin", "rm", "ram").ShouldExit(1).Stderr);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Engine.Run("plugin", "rm", "ram").ShouldSucceed();
        Assert.Equal("", Engine.Run("plugin", "ls", "-q").ShouldSucceed().Text);
        Assert.Contains("plugin ram: ENOENT", Engine.Run("plugin", "rm", "ram").ShouldExit(1).Stderr);
    }

    [Fact]
    public void One_that_cannot_be_used_is_listed_with_the_reason_and_not_installed()
    {
        var directory = Write("odd", "storage", "attach fly", ShellPlugins.Head(Calls), ("protocol", new JsonArray(2)));

        Assert.Equal("odd unusable", Engine.Run("plugin", "ls", "--format", "{{.Name}} {{.State}}").ShouldSucceed().Text);
        var told = Engine.Run("plugin", "install", directory).ShouldExit(1).Stderr;
        Assert.Contains("this minidock speaks 1", told);
        Assert.Contains("ops: fly is none of", told);
        Assert.Contains("ops: detach is missing", told);
        Assert.Equal(told.Split('\n')[0], Engine.Run("run", "--rm", "--mount", "type=odd,dst=/d", "busybox", "true").ShouldExit(125).Stderr.Split('\n')[0]);
        Assert.Contains("EPERM (it was not installed by minidock", Engine.Run("plugin", "rm", "odd").ShouldExit(1).Stderr);
        Assert.False(Directory.Exists($"{Installed}/plugins/odd"));
        Assert.False(File.Exists(Calls));
    }

    [Fact]
    public void A_link_in_a_plugins_directory_is_not_followed_by_the_installation()
    {
        var directory = Write("ram", "storage", "attach detach", ShellPlugins.Head(Calls));
        File.CreateSymbolicLink(Path.Combine(directory, "link"), "/etc/passwd");

        Assert.Contains("link: EINVAL (neither a file nor a directory)", Engine.Run("plugin", "install", directory).ShouldExit(1).Stderr);
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{Installed}/plugins"));
    }

    [Fact]
    public void Names_of_plugins_are_completed()
    {
        Write("ram", "storage", "attach detach", ShellPlugins.Head(Calls));
        Write("wire", "network", "attach detach", ShellPlugins.Head(Calls));

        Assert.Equal(["ram", "wire"], Engine.Run("__complete", "--", "plugin", "inspect", "").ShouldSucceed().Lines.Where(l => l is "ram" or "wire"));
        Assert.Contains("wire", Engine.Run("__complete", "--", "run", "--net", "").ShouldSucceed().Lines);
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        HostCommand.Shell($"umount {Installed} && rmdir --ignore-fail-on-non-empty {Installed}");
    }
}
