using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Errors of making and filling groups, with what helps.</summary>
internal static class GroupErrors
{
    /// <summary>A group could not be made.</summary>
    public static EngineException Create(string directory, Errno errno) => new(
        new LinuxException("create cgroup", directory, errno).Message,
        errno switch
        {
            Errno.EROFS => "control groups are mounted read-only here, as in a container; use --cgroup-driver none",
            Errno.EACCES or Errno.EPERM => "making control groups needs root, or a group that is delegated to you as --cgroup-parent",
            Errno.EAGAIN => "the limit of groups is reached; see cgroup.max.descendants of the parents",
            Errno.ENOSPC => "the limit of groups is reached, or a cpuset parent is empty; see /proc/cgroups",
            Errno.ENOENT => "the parent group vanished again and again: something else removes it",
            _ => null,
        });

    /// <summary>A value was refused.</summary>
    public static EngineException Write(string path, string value, Errno errno) => new(
        new LinuxException("set", path, errno, value).Message, Hint(System.IO.Path.GetFileName(path), errno));

    private static string? Hint(string file, Errno errno) => (file, errno) switch
    {
        ("devices.allow", Errno.EPERM) => "the parent group does not allow this device; see its devices.list",
        ("cgroup.subtree_control", Errno.EBUSY) => "processes are in that group itself: move them into a group below it, or name another --cgroup-parent",
        ("cgroup.subtree_control", Errno.ENOENT) => "a controller is not delegated to that group; see its cgroup.controllers",
        ("cgroup.subtree_control", Errno.EOPNOTSUPP) => "that group is threaded; name another --cgroup-parent",
        ("memory.swap.max" or "memory.memsw.limit_in_bytes", Errno.ENOENT) => "the kernel does not count swap: boot with swapaccount=1, or leave the swap limit out",
        ("io.bfq.weight" or "io.weight" or "blkio.bfq.weight" or "blkio.weight", Errno.ENOENT) =>
            "no I/O scheduler of this kernel knows weights; load bfq, or leave --blkio-weight out",
        ("cpu.cfs_quota_us" or "cpu.max", Errno.EINVAL) => "the parent group has less CPU time than that",
        ("cpu.rt_runtime_us", Errno.EINVAL) =>
            "a group may have no more real-time than the group above it: name a --cgroup-parent whose cpu.rt_runtime_us is large enough",
        ("cpu.cfs_burst_us" or "cpu.max.burst", Errno.ENOENT) => "a burst needs Linux 5.14 or newer; leave --cpu-burst out",
        ("memory.oom_control", _) => "this kernel no longer lets a group wait for memory; leave --oom-kill-disable out",
        ("cpuset.cpus" or "cpuset.mems", Errno.EACCES or Errno.EINVAL) => "the parent group does not have these; see the file of that name in the parent",
        ("cpuset.cpus" or "cpuset.mems", Errno.EBUSY) => "a group below this one has more; change that first",
        ("memory.limit_in_bytes" or "memory.max", Errno.EBUSY) => "more than that is in use and cannot be taken back",
        ("memory.limit_in_bytes" or "memory.memsw.limit_in_bytes", Errno.EINVAL) => "memory must not be more than memory and swap together",
        (_, Errno.ENOENT) => "this kernel does not have the file: it was built or booted without that limit",
        _ => null,
    };
}
