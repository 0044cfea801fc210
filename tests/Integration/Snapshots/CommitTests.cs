using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Images;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Snapshots;

public sealed class CommitTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Changes = """
        echo new > /etc/new; chown 5:6 /etc/new; chmod 4750 /etc/new
        rm /bin/ls; rm -r /var; mkdir /var; touch /var/only
        mv /usr /moved; ln /etc/new /etc/hard; mkdir -m 1777 /spool
        """;

    private const string Look = "cat /etc/new; stat -c '%a %u %g %h' /etc/new; ls -A /var /moved; stat -c %a /spool; test ! -e /bin/ls && test ! -e /usr && echo gone";

    [Theory]
    [InlineData("file", "auto", false)]
    [InlineData("loop", "auto", true)]
    [InlineData("dir", "dir", false)]
    public void The_image_of_a_container_is_what_the_container_was_on_every_storage_driver(string label, string driver, bool onTmpfs)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Scratch, label)).FullName;
        var engine = new Minidock(directory);
        Directory.CreateDirectory(engine.Root);
        try
        {
            if (onTmpfs)
            {
                HostCommand.Run("mount", "-t", "tmpfs", "tmpfs", engine.Root).ShouldSucceed();
            }

            engine.Run("import", BusyboxTar.Path).ShouldSucceed();
            engine.Run("--storage-driver", driver, "run", "--name", "c", "--net", "none", "busybox", "sh", "-ec", Changes).ShouldSucceed();
            var before = engine.Run("--storage-driver", driver, "diff", "c").ShouldSucceed().Stdout;
            var id = engine.Run("--storage-driver", driver, "commit", "c", "made").ShouldSucceed().Text;
            Assert.Matches("^sha256:[0-9a-f]{64}$", id);
            Assert.Contains("D /usr\n", before);
            Assert.Equal(
                ["new", "4750 5 6 2", "/moved:", "bin", "sbin", "/var:", "only", "1777", "gone"],
                engine.Run("--storage-driver", driver, "run", "--rm", "--net", "none", "made", "sh", "-c", Look).ShouldSucceed().Lines);

            // A third layer on top of the second: what that hid can come back.
            engine.Run("--storage-driver", driver, "run", "--name", "d", "--net", "none", "made", "sh", "-c", "echo back > /bin/ls; rm /etc/new").ShouldSucceed();
            engine.Run("--storage-driver", driver, "commit", "d", "third").ShouldSucceed();
            Assert.Equal(
                "back new",
                engine.Run("--storage-driver", driver, "run", "--rm", "--net", "none", "third", "sh", "-c", "echo $(cat /bin/ls) $(cat /etc/hard)").ShouldSucceed().Text);
            engine.Run("rm", "c", "d").ShouldSucceed();
        }
        finally
        {
            if (onTmpfs)
            {
                HostCommand.Run("umount", "-l", engine.Root).ShouldSucceed();
            }
        }
    }

    [Fact]
    public void Config_history_author_and_message_are_the_containers_and_the_users()
    {
        Engine.Run(
            "run", "--name", "c", "--net", "none", "-e", "A=1", "-w", "/tmp", "--entrypoint", "sh", "-l", "k=v", "busybox", "-c", "touch /new").ShouldSucceed();
        Engine.Run("commit", "-a", "me <me@example.org>", "-m", "with new", "-c", "CMD [\"-c\", \"ls /new\"]", "-c", "ENV B=2", "c", "made:1").ShouldSucceed();
        Assert.Equal("me <me@example.org>", Engine.Run("inspect", "-f", "{{.Author}}", "made:1").ShouldSucceed().Text);
        Assert.Equal("[sh] [-c ls /new] /tmp v", Engine.Run("inspect", "-f", "{{.Config.Entrypoint}} {{.Config.Cmd}} {{.Config.WorkingDir}} {{.Config.Labels.k}}", "made:1").Text);
        var environment = Engine.Run("inspect", "-f", "{{json .Config.Env}}", "made:1").Text;
        Assert.Contains("A=1", environment);
        Assert.Contains("B=2", environment);
        Assert.DoesNotContain("HOSTNAME", environment);
        var history = Engine.Run("history", "--no-trunc", "made:1").ShouldSucceed().Lines;
        Assert.Equal(3, history.Length);
        Assert.Contains("with new", history[1]);
        Assert.Contains("-c touch /new", history[1]);
        Assert.Contains("Imported from", history[2]);
        Assert.Equal("/new", Engine.Run("run", "--rm", "--net", "none", "made:1").ShouldSucceed().Text);
        RemoveImage("made:1", "c");
    }

    [Fact]
    public void Deleted_files_are_whiteouts_in_the_layers_tar()
    {
        Engine.Run("run", "--name", "c", "--net", "none", "busybox", "rm", "/bin/ls").ShouldSucceed();
        Engine.Run("commit", "c", "made").ShouldSucceed();
        var store = new StoreView(Engine);
        var layer = Path.Combine(Engine.Root, "images/layers", store.DiffIds(store.IdOf("made"))[1]);
        Assert.Equal(["bin/", "bin/.wh.ls"], HostCommand.Shell($"tail -c +4097 {layer} | tar -t -i 2>/dev/null || true").Lines);
        store.ShouldBeWhole();
        RemoveImage("made", "c");
    }

    [Fact]
    public void A_container_that_changed_nothing_makes_an_image_that_runs()
    {
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "echo", "hi").ShouldSucceed();
        var id = Engine.Run("commit", "c").ShouldSucceed().Text;
        Assert.Equal("hi", Engine.Run("run", "--rm", "--net", "none", id).ShouldSucceed().Text);
        RemoveImage(id, "c");
    }

    [Fact]
    public void A_layer_stays_as_long_as_an_image_or_a_container_needs_it()
    {
        Engine.Run("import", BusyboxTar.Path, "base", "-m", "apart").ShouldSucceed();
        Engine.Run("run", "--name", "c", "--net", "none", "base", "touch", "/one").ShouldSucceed();
        Engine.Run("commit", "c", "made").ShouldSucceed();
        Assert.Contains("in use", Engine.Run("rmi", "base").ShouldExit(1).Stderr);
        Engine.Run("rm", "c").ShouldSucceed();
        Engine.Run("rmi", "base").ShouldSucceed();
        Engine.Run("run", "--name", "d", "--net", "none", "made", "touch", "/two").ShouldSucceed();
        Engine.Run("rmi", "-f", "made").ShouldSucceed();
        Engine.Run("image", "prune", "-f").ShouldSucceed();

        // Its image is gone, the layers are not: the container can still be looked at, started, and made an image of.
        Assert.Equal(["A /two"], Engine.Run("diff", "d").ShouldSucceed().Lines);
        Engine.Run("commit", "d", "last").ShouldSucceed();
        Assert.Equal("/one\n/two", Engine.Run("run", "--rm", "--net", "none", "last", "ls", "/one", "/two").ShouldSucceed().Text);
        RemoveImage("last", "d");
        new StoreView(Engine).ShouldBeWhole();
    }

    [Fact]
    public void A_running_container_is_frozen_meanwhile_and_goes_on()
    {
        // Two files that are never the same for longer than between two instructions: only a frozen container shows them equal in one image.
        Run("c", "busybox", "sh", "-c", "i=0; while :; do i=$((i+1)); echo $i > /a; echo $i > /b; done");
        Eventually.True(() => Engine.Run("exec", "c", "cat", "/b").ExitCode == 0, "it writes");
        Engine.Run("commit", "c", "made").ShouldSucceed();
        Assert.Equal("running", Inspect("c", "{{.State.Status}}"));
        var before = Engine.Run("exec", "c", "cat", "/b").Text;
        Eventually.True(() => Engine.Run("exec", "c", "cat", "/b").Text != before, "it goes on");
        var values = Engine.Run("run", "--rm", "--net", "none", "made", "sh", "-c", "cat /a /b").ShouldSucceed().Lines;
        Assert.InRange(int.Parse(values[0]) - (values.Length > 1 ? int.Parse(values[1]) : int.Parse(values[0])), 0, 1);
        Engine.Run("commit", "--pause=false", "c", "other").ShouldSucceed();

        Engine.Run("pause", "c").ShouldSucceed();
        Engine.Run("commit", "c", "made").ShouldSucceed();
        Assert.Equal("paused", Inspect("c", "{{.State.Status}}"));
        Engine.Run("rm", "-f", "c").ShouldSucceed();
        Engine.Run("image", "prune", "-f").ShouldSucceed();
        Engine.Run("rmi", "made", "other").ShouldSucceed();
    }

    [Fact]
    public void A_bad_change_or_name_makes_nothing()
    {
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "true").ShouldSucceed();
        var before = new StoreView(Engine).Layers;
        Engine.Run("commit", "-c", "NONSENSE x", "c", "made").ShouldExit(1);
        Engine.Run("commit", "c", "Bad Name").ShouldExit(1);
        Engine.Run("commit", "nobody").ShouldExit(1);
        Assert.Equal(before, new StoreView(Engine).Layers);
    }

    private void RemoveImage(string image, string container)
    {
        Engine.Run("rm", container).ShouldSucceed();
        Engine.Run("rmi", image).ShouldSucceed();
    }
}
