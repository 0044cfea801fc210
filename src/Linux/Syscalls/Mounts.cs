using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Mount calls. All need CAP_SYS_ADMIN in the user namespace that owns the mount namespace.</summary>
public static unsafe partial class Mounts
{
    /// <summary>Mounts a file system, binds, remounts or changes propagation, <c>mount(2)</c>.</summary>
    /// <param name="source">The device, directory or name; may be empty.</param>
    /// <param name="target">The mount point.</param>
    /// <param name="type">The file system type, or null for a bind, move or change.</param>
    /// <param name="flags">MS_* flags.</param>
    /// <param name="data">The file system's own options, at most 4095 bytes.</param>
    public static void Mount(PathName source, PathName target, string? type, MountFlags flags, string? data = null)
    {
        Errno errno = TryMount(source, target, type, flags, data);
        if (errno != Errno.Success)
        {
            string text = source.IsEmpty ? "none" : source.ToString();
            throw new LinuxException("mount", target.ToString(), errno, $"source {text}{(type is null ? "" : $", type {type}")}, flags {flags}{(data is null ? "" : $", options {data}")}");
        }
    }

    /// <inheritdoc cref="Mount"/>
    public static Errno TryMount(PathName source, PathName target, string? type, MountFlags flags, string? data = null)
    {
        using var from = new CString(source, stackalloc byte[CString.StackSize]);
        using var to = new CString(target, stackalloc byte[CString.StackSize]);
        using var kind = new CString(type ?? "", stackalloc byte[64]);
        using var options = new CString(data ?? "", stackalloc byte[CString.StackSize]);

        // SAFETY: all four are NUL-terminated and pinned; a null option string is legal.
        fixed (byte* s = from)
        fixed (byte* t = to)
        fixed (byte* k = kind)
        fixed (byte* o = options)
        {
            return CallResult.Of(Libc.mount(s, t, type is null ? null : k, (nuint)(uint)flags, data is null ? null : o));
        }
    }

    /// <summary>Unmounts, <c>umount2(2)</c>.</summary>
    public static void Umount2(PathName target, UmountFlags flags = UmountFlags.None)
    {
        Errno errno = TryUmount2(target, flags);
        if (errno != Errno.Success)
        {
            throw new LinuxException("umount", target.ToString(), errno);
        }
    }

    /// <inheritdoc cref="Umount2"/>
    public static Errno TryUmount2(PathName target, UmountFlags flags = UmountFlags.None)
    {
        using var path = new CString(target, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = path)
        {
            return CallResult.Of(Libc.umount2(p, (int)flags));
        }
    }

    /// <summary>Makes a mount the root of the mount namespace, <c>pivot_root(2)</c>. Both may be ".": the old root is then stacked on the new one.</summary>
    public static void PivotRoot(PathName newRoot, PathName putOld)
    {
        using var root = new CString(newRoot, stackalloc byte[CString.StackSize]);
        using var old = new CString(putOld, stackalloc byte[CString.StackSize]);

        // SAFETY: both NUL-terminated and pinned.
        fixed (byte* n = root)
        fixed (byte* o = old)
        {
            Errno errno = CallResult.Of(Libc.syscall(SystemCalls.PivotRoot, (nint)n, (nint)o));
            if (errno != Errno.Success)
            {
                throw new LinuxException("pivot_root", newRoot.ToString(), errno);
            }
        }
    }
}
