using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Joining, leaving and naming namespaces, <c>namespaces(7)</c>.</summary>
public static class Namespaces
{
    /// <summary>Moves the calling thread into a namespace, <c>setns(2)</c>; with a pidfd (Linux 5.8) into several at once.</summary>
    /// <exception cref="LinuxException">EINVAL: wrong kind, or a user or mount namespace and the process has threads. EPERM.</exception>
    public static void Setns(SafeFileHandle file, NamespaceTypes types)
    {
        using var fd = new FdLease(file);
        Errno errno = CallResult.Of(Libc.setns(fd.Number, (int)types));
        if (errno != Errno.Success)
        {
            Files.Check(errno, "setns", file, "", types.ToString());
        }
    }

    /// <summary>Gives the calling thread namespaces of its own, <c>unshare(2)</c>. A pid namespace holds for its next children only.</summary>
    public static void Unshare(NamespaceTypes types)
    {
        Errno errno = CallResult.Of(Libc.unshare((int)types));
        if (errno != Errno.Success)
        {
            throw new LinuxException("unshare", types.ToString(), errno);
        }
    }

    /// <summary>Stops sharing working directory and umask with other threads (CLONE_FS), which joining a mount namespace needs.</summary>
    public static void UnshareFileSystemState()
    {
        Errno errno = CallResult.Of(Libc.unshare(Constants.CloneFs));
        if (errno != Errno.Success)
        {
            throw new LinuxException("unshare", "file system state", errno);
        }
    }

    /// <summary>A descriptor of a process' namespace, or of the calling thread's where <paramref name="pid"/> is null.</summary>
    public static SafeFileHandle OpenOf(int? pid, NamespaceTypes type) => Files.Open(PathOf(pid, type), OpenFlags.ReadOnly);

    /// <inheritdoc cref="OpenOf"/>
    public static Errno TryOpenOf(int? pid, NamespaceTypes type, out SafeFileHandle handle) =>
        Files.TryOpenAt(null, PathOf(pid, type), OpenFlags.ReadOnly, 0, out handle);

    /// <summary>The identity of an open namespace.</summary>
    public static NamespaceId Identify(SafeFileHandle file)
    {
        FileStat stat = Files.Stat(file);
        return new NamespaceId(stat.Device, stat.Inode);
    }

    /// <summary>The identity of a process' namespace, or of the calling thread's.</summary>
    public static NamespaceId IdentityOf(int? pid, NamespaceTypes type)
    {
        FileStat stat = Files.Stat(PathOf(pid, type));
        return new NamespaceId(stat.Device, stat.Inode);
    }

    /// <summary>The kind of an open namespace, NS_GET_NSTYPE (<c>ioctl_nsfs(2)</c>, Linux 4.11).</summary>
    /// <exception cref="LinuxException">ENOTTY: it is no namespace.</exception>
    public static NamespaceTypes TypeOf(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        int type = Libc.ioctl(fd.Number, Constants.IoctlNamespaceType, 0);
        Files.Check(CallResult.Of(type), "get type of namespace", file);
        return (NamespaceTypes)type;
    }

    /// <summary>The file that stands for the namespace: <c>/proc/PID/ns/net</c>.</summary>
    public static string PathOf(int? pid, NamespaceTypes type)
    {
        string process = pid is { } number ? number.ToString(CultureInfo.InvariantCulture) : "thread-self";
        return $"/proc/{process}/ns/{FileName(type)}";
    }

    private static string FileName(NamespaceTypes type) => type switch
    {
        NamespaceTypes.Time => "time",
        NamespaceTypes.Mount => "mnt",
        NamespaceTypes.Cgroup => "cgroup",
        NamespaceTypes.Uts => "uts",
        NamespaceTypes.Ipc => "ipc",
        NamespaceTypes.User => "user",
        NamespaceTypes.Pid => "pid",
        NamespaceTypes.Network => "net",
        _ => throw new ArgumentOutOfRangeException(nameof(type), "exactly one kind of namespace"),
    };
}
