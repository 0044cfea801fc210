using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class LinuxExceptionTests
{
    [Fact]
    public void The_message_says_what_on_what_why_and_with_which_arguments() =>
        Assert.Equal(
            "mount /srv/data: ENODEV (no such device) [type ext9]",
            new LinuxException("mount", "/srv/data", Errno.ENODEV, "type ext9").Message);

    [Fact]
    public void The_message_leaves_out_what_there_is_not() =>
        Assert.Equal("create pipe: EMFILE (too many open files)", new LinuxException("create pipe", "", Errno.EMFILE).Message);

    [Fact]
    public void An_unknown_number_is_told_as_a_number() =>
        Assert.Equal("open x: errno 4711 (unknown error)", new LinuxException("open", "x", (Errno)4711).Message);

    [Theory]
    [InlineData("mount", Errno.EPERM, "mounting needs CAP_SYS_ADMIN in the mount namespace's owner; run as root")]
    [InlineData("umount", Errno.EBUSY, "a process has an open file or its working directory there")]
    [InlineData("create link", Errno.EEXIST, "a link with this name exists; see: ip link show")]
    [InlineData("nft", Errno.EPERM, "changing nftables needs CAP_NET_ADMIN; run as root")]
    [InlineData("attach loop device", Errno.ENOENT, "the kernel has no loop devices; load them with: modprobe loop")]
    [InlineData("write", Errno.ENOSPC, "the file system is full; free space or inodes (df, df -i)")]
    [InlineData("write", Errno.EIO, null)]
    public void The_hint_depends_on_operation_and_error(string operation, Errno errno, string? hint) =>
        Assert.Equal(hint, new LinuxException(operation, "x", errno).Hint);

    [Fact]
    public void A_full_limit_of_namespaces_is_not_taken_for_a_full_disk() =>
        Assert.Contains("max_*_namespaces", ErrorHints.For("unshare", Errno.ENOSPC));

    [Fact]
    public void Every_error_has_a_name_and_a_text_in_lower_case()
    {
        foreach (Errno errno in Enum.GetValues<Errno>().Where(errno => errno != Errno.Success))
        {
            Assert.Equal(errno.ToString(), ErrnoText.Name(errno));
            Assert.NotEqual("unknown error", ErrnoText.Text(errno));
            Assert.False(ErrnoText.Text(errno).EndsWith('.'));
        }
    }

    [Fact]
    public void Hints_end_without_a_full_stop()
    {
        string[] operations =
        [
            "mount", "umount", "pivot_root", "setns", "unshare", "create child process", "netlink socket", "create link", "nft", "attach loop device",
            "set resource limit", "open", "anything",
        ];
        foreach (string hint in operations.SelectMany(operation => Enum.GetValues<Errno>().Select(errno => ErrorHints.For(operation, errno))).OfType<string>())
        {
            Assert.False(hint.EndsWith('.'), hint);
        }
    }
}
