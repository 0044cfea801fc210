using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Tests.Integration.Linux;

public sealed class MountTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-test-").FullName;

    [Fact]
    public void A_mount_is_listed_with_its_odd_name_and_gone_after_its_end()
    {
        string target = Directory.CreateDirectory(Path.Combine(_directory, "a b\tcü\\")).FullName;
        Mounts.Mount("tmpfs", target, "tmpfs", MountFlags.NoSuid | MountFlags.NoDev, "size=64k,mode=700");
        MountEntry entry = MountTable.Find(target)!;
        Assert.Equal("tmpfs", entry.Type);
        Assert.Contains("nosuid,nodev", entry.Options);
        Assert.Equal(FileSystemStat.TmpFs, Files.StatFs(target).Magic);
        Mounts.Umount2(target);
        Assert.Null(MountTable.Find(target));
    }

    [Fact]
    public void A_detached_copy_is_made_read_only_and_put_onto_a_descriptor()
    {
        string source = Directory.CreateDirectory(Path.Combine(_directory, "source")).FullName;
        string target = Directory.CreateDirectory(Path.Combine(_directory, "target")).FullName;
        using (SafeFileHandle place = Files.Open(target, OpenFlags.Path | OpenFlags.Directory))
        using (SafeFileHandle copy = Mounts.OpenTree(null, source, clone: true, recursive: true))
        {
            Mounts.MountSetAttr(copy, "", recursive: true, MountAttributes.ReadOnly | MountAttributes.NoSuid, propagation: Propagation.Private);
            Mounts.MoveMount(copy, place, "");
        }

        Assert.Equal(Errno.EROFS, Files.TryMkdirAt(null, Path.Combine(target, "x"), 0x1FF));
        Assert.True(Files.Stat(target).IsMountRoot);
        Mounts.Umount2(target, UmountFlags.Detach);
    }

    [Fact]
    public void A_file_system_context_tells_what_it_did_not_like()
    {
        using SafeFileHandle context = Mounts.FsOpen("tmpfs");
        Mounts.FsConfig(context, "size", "64k");
        var e = Assert.Throws<LinuxException>(() => Mounts.FsConfig(context, "no_such_option", "1"));
        Assert.Equal(Errno.EINVAL, e.Errno);
        Assert.Contains("Unknown parameter", e.Message);
        using SafeFileHandle mount = Mounts.FsMount(context, MountAttributes.NoSuid);
        Mounts.MoveMount(mount, null, _directory);
        Mounts.Umount2(_directory, UmountFlags.Detach);
    }

    [Fact]
    public void A_refused_mount_names_everything()
    {
        var e = Assert.Throws<LinuxException>(() => Mounts.Mount("none", _directory, "nosuchfs", MountFlags.ReadOnly, "a=b"));
        Assert.Equal($"mount {_directory}: ENODEV (no such device) [source none, type nosuchfs, flags ReadOnly, options a=b]", e.Message);
        Assert.Contains("/proc/filesystems", e.Hint);
    }

    [Fact]
    public void A_tree_with_a_mount_in_it_is_not_removed()
    {
        string inside = Directory.CreateDirectory(Path.Combine(_directory, "tree", "mnt")).FullName;
        Mounts.Mount("tmpfs", inside, "tmpfs", MountFlags.None);
        File.WriteAllText(Path.Combine(inside, "precious"), "");
        Assert.Equal(Errno.EXDEV, Assert.Throws<LinuxException>(() => Files.RemoveTree(null, Path.Combine(_directory, "tree"))).Errno);
        Assert.True(File.Exists(Path.Combine(inside, "precious")));
        Mounts.Umount2(inside);
    }

    public void Dispose() => Files.RemoveTree(null, _directory);
}
