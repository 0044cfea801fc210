namespace MiniDock.Linux;

/// <summary>The one table of advice, keyed by operation and error number.</summary>
public static class ErrorHints
{
    /// <summary>A sentence without a full stop that tells the user what to do, or null where we have no better idea than the error.</summary>
    public static string? For(string operation, Errno errno) => (operation, errno) switch
    {
        ("mount", Errno.ENODEV) => "the kernel does not know this file system type; see /proc/filesystems",
        ("mount", Errno.EPERM) => "mounting needs CAP_SYS_ADMIN in the mount namespace's owner; run as root",
        ("mount", Errno.EINVAL) => "the kernel log (dmesg) names the option or the on-disk field that it refused",
        ("mount", Errno.ENOENT) => "the source or the target does not exist",
        ("mount", Errno.EBUSY) => "the source is already in use by another mount or loop device",
        ("mount", Errno.ELOOP) => "the overlay's directories are stacked deeper than the kernel allows, or a target is a symbolic link",
        ("mount", Errno.ENOTBLK) => "this kernel cannot mount a plain file; a loop device is needed",
        ("umount", Errno.EBUSY) => "a process has an open file or its working directory there",
        ("umount", Errno.EINVAL) => "the path is not a mount point",
        ("pivot_root", Errno.EINVAL) => "the new root must be a mount point on a private mount",
        ("setns", Errno.EPERM) => "joining a namespace needs CAP_SYS_ADMIN in its owner; run as root",
        ("setns", Errno.EINVAL) => "a multithreaded process cannot join a user namespace, nor one that shares its file system state a mount namespace",
        ("unshare", Errno.EPERM) => "creating namespaces needs CAP_SYS_ADMIN, or user namespaces that the host allows",
        ("unshare", Errno.ENOSPC) => "the limit in /proc/sys/user/max_*_namespaces is reached",
        ("create child process", Errno.ENOSPC) => "the limit in /proc/sys/user/max_*_namespaces is reached",
        ("create child process", Errno.EAGAIN) => "the limit of processes is reached; see ulimit -u and the pids cgroup",
        ("create child process", Errno.EPERM) => "creating namespaces needs CAP_SYS_ADMIN; run as root",
        ("netlink socket", Errno.EPROTONOSUPPORT) => "the kernel has no nfnetlink; load the module with: modprobe nfnetlink nf_tables",
        ("create link", Errno.EOPNOTSUPP) => "the kernel has no driver for this kind of link; try: modprobe bridge veth dummy macvlan ipvlan",
        ("create link", Errno.EEXIST) => "a link with this name exists; see: ip link show",
        ("create link", Errno.EPERM) => "changing links needs CAP_NET_ADMIN; run as root",
        ("nft", Errno.EPERM) => "changing nftables needs CAP_NET_ADMIN; run as root",
        ("nft", Errno.EOPNOTSUPP) => "the kernel lacks a part of nftables; try: modprobe nft_chain_nat nft_nat nft_masq",
        ("nft", Errno.ENOENT) => "a table, chain, set or kernel module that the rules name is missing; try: modprobe nf_tables nft_chain_nat nft_nat nft_masq nft_ct",
        ("attach loop device", Errno.ENOENT) => "the kernel has no loop devices; load them with: modprobe loop",
        ("attach loop device", Errno.EBUSY) => "all loop devices are taken; see: losetup -a",
        ("set resource limit", Errno.EPERM) => "the hard limit can only be raised with CAP_SYS_RESOURCE",
        ("open", Errno.ELOOP) => "a symbolic link is in the way where none is followed",
        ("open", Errno.EXDEV) => "the path leaves the directory or the file system that it must stay in",
        (_, Errno.ENOSPC) => "the file system is full; free space or inodes (df, df -i)",
        (_, Errno.EDQUOT) => "the disk quota is used up",
        (_, Errno.EROFS) => "the file system is mounted read-only",
        (_, Errno.EMFILE) => "raise the limit of open files: ulimit -n",
        (_, Errno.ENFILE) => "the system-wide limit of open files is reached; see /proc/sys/fs/file-max",
        _ => null,
    };
}
