using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class FilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-test-").FullName;

    [Fact]
    public void A_name_with_a_nul_is_refused_before_the_kernel_sees_it()
    {
        string path = Path.Combine(_directory, "a\0b");
        var e = Assert.Throws<LinuxException>(() => Files.Open(path, OpenFlags.ReadWrite | OpenFlags.Create, 0x180));
        Assert.Equal($"use path {_directory}/a?b: EINVAL (invalid argument) [contains a NUL byte]", e.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public void The_error_of_a_relative_path_shows_the_whole_path()
    {
        using SafeFileHandle directory = OpenDirectory();
        var e = Assert.Throws<LinuxException>(() => Files.OpenAt(directory, "missing", OpenFlags.ReadOnly));
        Assert.Equal($"open {_directory}/missing: ENOENT (no such file or directory)", e.Message);
    }

    [Fact]
    public void Paths_longer_than_the_stack_buffer_work()
    {
        string path = _directory;
        for (int i = 0; i < 5; i++)
        {
            path = Path.Combine(path, new string('x', 200));
        }

        Files.CreateDirectories(path, 0x1C0);
        Assert.True(Files.Stat(path).IsDirectory);
        Files.CreateDirectories(path, 0x1C0);
    }

    [Fact]
    public void Resolution_in_a_root_stays_in_it()
    {
        File.WriteAllText(Path.Combine(_directory, "passwd"), "inside");
        Files.SymlinkAt("../../../../passwd", null, Path.Combine(_directory, "link"));
        using SafeFileHandle root = OpenDirectory();
        using SafeFileHandle file = Files.OpenAt2(root, "link", OpenFlags.ReadOnly, 0, ResolveFlags.InRoot);
        byte[] content = new byte[6];
        Assert.Equal(6, RandomAccess.Read(file, content, 0));
        Assert.Equal("inside"u8.ToArray(), content);
        Assert.Equal(Errno.EXDEV, Files.TryOpenAt2(root, "link", OpenFlags.ReadOnly, 0, ResolveFlags.Beneath, out _));
        Assert.Equal(Errno.ELOOP, Files.TryOpenAt2(root, "link", OpenFlags.ReadOnly, 0, ResolveFlags.NoSymlinks, out _));
    }

    [Fact]
    public void Modes_times_and_links_are_read_back()
    {
        using SafeFileHandle directory = OpenDirectory();
        Files.OpenAt(directory, "f", OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180).Dispose();
        using (SafeFileHandle path = Files.OpenAt(directory, "f", OpenFlags.Path | OpenFlags.NoFollow))
        {
            Files.FChmod(path, 0x924);
            Files.UtimensAt(path, "", new FileTime(-5, 999_999_999), new FileTime(1_000_000_000, 1));
        }

        Files.LinkAt(directory, "f", directory, "g");
        Files.RenameAt2(directory, "f", directory, "h", RenameFlags.NoReplace);
        FileStat stat = Files.StatAt(directory, "g");
        Assert.Equal((0x924u, FileKind.Regular, 2u), (stat.Permissions, stat.Kind, stat.LinkCount));
        Assert.Equal((new FileTime(-5, 999_999_999), new FileTime(1_000_000_000, 1)), (stat.AccessTime, stat.ModifyTime));
        Assert.Equal(Errno.EEXIST, Files.TryRenameAt2(directory, "g", directory, "h", RenameFlags.NoReplace));
        Assert.Equal(["g", "h"], Files.ReadDirectory(_directory).Select(entry => entry.Text).Order(StringComparer.Ordinal));
        Assert.False(Files.ExistsAt(directory, "f"));
    }

    [Fact]
    public void A_lock_is_held_until_its_descriptor_is_closed()
    {
        string path = Path.Combine(_directory, "lock");
        using SafeFileHandle second = Files.Open(path, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        using (SafeFileHandle first = Files.Open(path, OpenFlags.ReadWrite))
        {
            Files.Flock(first, exclusive: true);
            Assert.Equal(Errno.EAGAIN, Files.TryFlock(second, exclusive: false, wait: false));
        }

        Assert.Equal(Errno.Success, Files.TryFlock(second, exclusive: true, wait: false));
    }

    [Fact]
    public void Attributes_are_set_listed_and_read()
    {
        string path = Path.Combine(_directory, "f");
        using SafeFileHandle file = Files.Open(path, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        Assert.SkipWhen(Files.TrySetXattr(file, "user.a", [1, 0, 2]) == Errno.EOPNOTSUPP, "needs a file system with user attributes");
        Assert.Equal(Errno.Success, Files.TrySetXattr(path, "user.empty", []));
        Assert.Equal([1, 0, 2], Files.GetXattr(file, "user.a")!);
        Assert.Equal([], Files.GetXattr(file, "user.empty")!);
        Assert.Null(Files.GetXattr(file, "user.none"));
        Assert.Equal(["user.a", "user.empty"], Files.ListXattr(file).Where(name => name.StartsWith("user.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Copies_and_truncations_are_exact()
    {
        using SafeFileHandle memory = Files.MemfdCreate("test");
        RandomAccess.Write(memory, "0123456789"u8, 0);
        using SafeFileHandle target = Files.Open(Path.Combine(_directory, "t"), OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        Files.Truncate(target, 20);
        using SafeFileHandle source = Files.Open(Path.Combine(_directory, "s"), OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        RandomAccess.Write(source, "abcdef"u8, 0);
        Assert.Equal(4, Files.CopyFileRange(source, 2, target, 10, 100));
        byte[] content = new byte[20];
        Assert.Equal(20, RandomAccess.Read(target, content, 0));
        Assert.Equal("cdef"u8.ToArray(), content[10..14]);
    }

    public void Dispose() => Files.RemoveTree(null, _directory);

    private SafeFileHandle OpenDirectory() => Files.Open(_directory, OpenFlags.Path | OpenFlags.Directory);
}
