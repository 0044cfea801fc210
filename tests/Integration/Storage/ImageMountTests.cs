using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Storage;

public sealed class ImageMountTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Another_image_of_several_layers_is_read_and_not_written_and_stays_while_a_container_has_it()
    {
        Engine.Run("run", "--name", "made", "busybox", "sh", "-c", "mkdir /own; echo theirs > /own/file; rm /etc/group; ln -s / /own/up; ln -s /etc /escape").ShouldSucceed();
        Engine.Run("commit", "made", "tools").ShouldSucceed();
        Engine.Run("rm", "made").ShouldSucceed();
        var outcome = Engine.Run(
            "run", "--rm", "--mount", "type=image,src=tools,dst=/t", "--mount", "type=image,source=tools,target=/sub,subpath=own,noexec", "busybox",
            "sh", "-c", "cat /t/own/file /sub/file; test -e /t/etc/group || echo removed; test -e /etc/group && echo kept; touch /t/x; touch /sub/x");
        Assert.Equal(["theirs", "theirs", "removed", "kept"], outcome.Lines);
        Assert.Equal(2, outcome.Stderr.Split("Read-only file system").Length - 1);

        // A link of the image is followed inside of the image.
        Assert.Equal("passwd", Engine.RunRm("--mount", "type=image,src=tools,dst=/t,subpath=escape", "busybox", "sh", "-c", "ls /t | grep -v nsswitch").Text);
        Assert.Contains("ENOENT (../nosuch: no such file or directory)", Engine.Run("run", "--rm", "--mount", "type=image,src=tools,dst=/t,subpath=../nosuch", "busybox", "true").ShouldExit(125).Stderr);

        Engine.Run("create", "--name", "user", "--mount", "type=image,src=tools,dst=/t", "busybox", "true").ShouldSucceed();
        Engine.Run("rmi", "tools").ShouldExit(1);
        Assert.Equal("image tools false", Engine.Run("inspect", "-f", "{{range .Mounts}}{{.Type}} {{.Source}} {{.RW}}{{end}}", "user").Text);
        Engine.Run("start", "-a", "user").ShouldSucceed();
        Engine.Run("wait", "user").ShouldSucceed();
        Engine.Run("rm", "user").ShouldSucceed();
        Engine.Run("rmi", "tools").ShouldSucceed();
    }
}
