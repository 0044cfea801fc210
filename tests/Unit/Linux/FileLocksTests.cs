using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class FileLocksTests
{
    private const string Table =
        """
        1: FLOCK  ADVISORY  WRITE 1234 00:1a:5678 0 EOF
        2: FLOCK  ADVISORY  READ  1235 00:1a:5679 0 EOF
        3: POSIX  ADVISORY  WRITE 1236 00:1a:5680 0 EOF
        4: FLOCK  ADVISORY  WRITE 1237 103:02:5681 0 EOF
        5: FLOCK  ADVISORY  WRITE 1238 00:1a:5682 0 EOF
        5: -> FLOCK  ADVISORY  WRITE 1239 00:1a:5683 0 EOF
        6: FLOCK
        """;

    [Fact]
    public void Only_exclusive_flocks_of_the_file_system_that_are_held_count()
    {
        Assert.Equal([5678UL, 5682UL], FileLocks.Parse(Table, new DeviceNumber(0, 0x1a)).Order());
        Assert.Equal([5681UL], FileLocks.Parse(Table, new DeviceNumber(0x103, 2)));
        Assert.Empty(FileLocks.Parse(Table, new DeviceNumber(0, 1)));
    }

    [Fact]
    public void A_lock_is_seen_while_it_is_held()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = Files.Open(path, OpenFlags.ReadWrite);
            var stat = Files.Stat(file);
            Files.Flock(file, exclusive: true);
            var held = FileLocks.FlockedInodes(stat.Device).Contains(stat.Inode);
            Files.Flock(file, exclusive: false);
            Assert.DoesNotContain(stat.Inode, FileLocks.FlockedInodes(stat.Device));

            // Where the file system gives itself another number, nothing is said of it.
            Assert.SkipUnless(held, "this file system is not in /proc/locks by the number that stat gives");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
