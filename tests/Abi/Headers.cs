namespace MiniDock.Tests.Abi;

/// <summary>Everything that the tests ask the headers, answered by one program that is compiled once.</summary>
public sealed class Headers
{
    private const string Includes =
        """
        #include <stddef.h>
        #include <stdio.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <poll.h>
        #include <sched.h>
        #include <signal.h>
        #include <termios.h>
        #include <time.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/file.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/prctl.h>
        #include <sys/resource.h>
        #include <sys/signalfd.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <sys/sysmacros.h>
        #include <sys/inotify.h>
        #include <sys/timerfd.h>
        #include <sys/un.h>
        #include <sys/vfs.h>
        #include <sys/wait.h>
        #include <sys/uio.h>
        #define _UAPI_LINUX_MOUNT_H /* sys/mount.h has the same, and they do not go together */
        #include <linux/bpf.h>
        #include <linux/capability.h>
        #include <linux/fs.h>
        #include <linux/if.h>
        #include <linux/if_addr.h>
        #include <linux/if_bridge.h>
        #include <linux/if_link.h>
        #include <linux/keyctl.h>
        #include <linux/loop.h>
        #include <linux/magic.h>
        #include <linux/neighbour.h>
        #include <linux/netfilter.h>
        #include <linux/netfilter/nf_tables.h>
        #include <linux/netfilter/nfnetlink.h>
        #include <linux/netlink.h>
        #include <linux/nsfs.h>
        #include <linux/openat2.h>
        #include <linux/rtnetlink.h>
        #include <linux/sched.h>
        #include <linux/seccomp.h>
        #include <linux/veth.h>
        """;

    /// <summary>Newer than the headers of Debian 12; compared where the headers have them.</summary>
    private static readonly HashSet<string> Newer = ["__NR_fchmodat2", "STATX_MNT_ID_UNIQUE"];

    private readonly Dictionary<string, long> _values = CProgram.Evaluate(
        Includes,
        [.. Tables.Constants.SelectMany(table => table.Expressions), .. Tables.Structures.SelectMany(table => table.Expressions), .. AbiTests.DeviceNumbers.Select(row => row.Data.Item1)],
        Newer);

    /// <summary>The value, or null where these headers are too old for it.</summary>
    public long? this[string expression] =>
        _values.TryGetValue(expression, out long value) ? value
        : Newer.Contains(expression) ? null
        : throw new KeyNotFoundException(expression);
}
