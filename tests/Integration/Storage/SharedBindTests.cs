using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Storage;

public sealed class SharedBindTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void One_directory_is_read_by_two_containers_at_once_and_written_by_neither_not_even_in_a_mount_below_it()
    {
        var shared = Directory.CreateDirectory(Path.Combine(Scratch, "shared", "below")).Parent!.FullName;
        File.WriteAllText(Path.Combine(shared, "file"), "seen\n");
        HostCommand.Run("mount", "-t", "tmpfs", "tmpfs", Path.Combine(shared, "below")).ShouldSucceed();
        try
        {
            Engine.Run("run", "-d", "--name", "zion", "-v", $"{shared}:/s:ro", "busybox", "sleep", "600").ShouldSucceed();
            Engine.Run("run", "-d", "--name", "moon", "--mount", $"type=bind,src={shared},dst=/s,readonly", "busybox", "sleep", "600").ShouldSucceed();
            foreach (var name in new[] { "zion", "moon" })
            {
                var outcome = Engine.Run("exec", name, "sh", "-c", "cat /s/file; echo x > /s/file; echo x > /s/below/x; mount -o remount,rw /s");
                Assert.Equal("seen", outcome.Text);
                Assert.Equal(2, outcome.Stderr.Split("Read-only file system").Length - 1);
            }

            File.WriteAllText(Path.Combine(shared, "file"), "changed\n");
            Assert.Equal("changed", Engine.Run("exec", "moon", "cat", "/s/file").Text);
            Engine.Run("rm", "-f", "zion", "moon").ShouldSucceed();
        }
        finally
        {
            HostCommand.Run("umount", "-l", Path.Combine(shared, "below"));
        }
    }
}
