using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;
using MiniDock.Tests.Integration.Terminal;

namespace MiniDock.Tests.Integration.Snapshots;

public sealed class ExportTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Everything_that_a_file_system_holds_comes_out_as_it_went_in()
    {
        Requires.Program("setfattr");
        var tar = OddTree.Archive(Scratch);
        Engine.Run("import", tar, "odd").ShouldSucceed();
        Engine.Run("create", "--name", "c", "--net", "none", "odd", "x").ShouldSucceed();
        var exported = Path.Combine(Scratch, "exported.tar");
        Assert.Equal("", Engine.Run("export", "-o", exported, "c").ShouldSucceed().Stdout);
        Assert.Equal(OddTree.DescribeArchive(Scratch, tar), OddTree.DescribeArchive(Scratch, exported));

        // And once more: an import of the export is the same tree, whose export is the same archive.
        Engine.Run("import", exported, "again").ShouldSucceed();
        Engine.Run("create", "--name", "d", "--net", "none", "again", "x").ShouldSucceed();
        var twice = Path.Combine(Scratch, "twice.tar");
        Engine.Run("export", "-o", twice, "d").ShouldSucceed();
        Assert.Equal(OddTree.DescribeArchive(Scratch, exported), OddTree.DescribeArchive(Scratch, twice));
        Engine.Run("rm", "c", "d").ShouldSucceed();
        Engine.Run("rmi", "odd", "again").ShouldSucceed();
    }

    [Fact]
    public void A_running_container_is_exported_as_it_is_and_without_what_is_mounted_in_it()
    {
        var volume = Directory.CreateDirectory(Path.Combine(Scratch, "volume")).FullName;
        File.WriteAllText(Path.Combine(volume, "secret"), "secret");
        Run("c", "-v", $"{volume}:/mnt", "busybox", "sh", "-c", "echo new > /etc/new; rm /bin/ls; dd if=/dev/zero of=/hole bs=1 count=1 seek=64M 2>/dev/null; echo ready; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "c").Text == "ready", "the container wrote");
        var tar = Path.Combine(Scratch, "running.tar");
        HostCommand.Shell($"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} export c > {tar}");
        var names = HostCommand.Run("tar", "-tf", tar).ShouldSucceed().Lines;
        Assert.Contains("etc/new", names);
        Assert.Contains("bin/cat", names);
        Assert.DoesNotContain("bin/ls", names);
        Assert.DoesNotContain("mnt/secret", names);
        Assert.DoesNotContain(names, name => name.StartsWith("proc/", StringComparison.Ordinal) && name != "proc/");
        Assert.InRange(new FileInfo(tar).Length, 1, 32 << 20);
        Assert.Contains(" 67108865 ", HostCommand.Run("tar", "-tvf", tar, "hole").ShouldSucceed().Stdout);
        Assert.Equal("running", Inspect("c", "{{.State.Status}}"));
    }

    [Fact]
    public void An_archive_is_not_written_to_a_terminal()
    {
        Requires.Program("tmux");
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "true").ShouldSucceed();
        using var terminal = new TmuxTerminal();
        Assert.Contains(
            "cowardly refusing to save to a terminal",
            terminal.Run($"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} export c; echo code $?"));
    }

    [Fact]
    public void A_failed_export_leaves_no_file_and_an_old_one_as_it_was()
    {
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "true").ShouldSucceed();
        Engine.Run("export", "-o", Path.Combine(Scratch, "no/such/x.tar"), "c").ShouldExit(1);
        Engine.Run("export", "-o", Scratch, "c").ShouldExit(1);
        var small = Directory.CreateDirectory(Path.Combine(Scratch, "small")).FullName;
        HostCommand.Run("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", small).ShouldSucceed();
        try
        {
            File.WriteAllText(Path.Combine(small, "x.tar"), "old");
            Assert.Contains("ENOSPC", Engine.Run("export", "-o", Path.Combine(small, "x.tar"), "c").ShouldExit(1).Stderr);
            Assert.Equal("old", File.ReadAllText(Path.Combine(small, "x.tar")));
            Assert.Equal([Path.Combine(small, "x.tar")], Directory.GetFileSystemEntries(small));
        }
        finally
        {
            HostCommand.Run("umount", small).ShouldSucceed();
        }
    }
}
