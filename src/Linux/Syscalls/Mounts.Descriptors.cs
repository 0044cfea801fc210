using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Mounts
{
    /// <summary>A descriptor of the mount at a path, or of a detached copy of it, <c>open_tree(2)</c>, Linux 5.2.</summary>
    /// <param name="directory">What a relative path starts at; an empty path means this very descriptor.</param>
    /// <param name="path">The path.</param>
    /// <param name="clone">Copy the mount (a bind mount without a place yet).</param>
    /// <param name="recursive">Copy the mounts below it too.</param>
    public static SafeFileHandle OpenTree(SafeFileHandle? directory, PathName path, bool clone, bool recursive)
    {
        Files.Check(TryOpenTree(directory, path, clone, recursive, out SafeFileHandle handle), "open tree", directory, path);
        return handle;
    }

    /// <inheritdoc cref="OpenTree"/>
    public static Errno TryOpenTree(SafeFileHandle? directory, PathName path, bool clone, bool recursive, out SafeFileHandle handle)
    {
        using var dir = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        int flags = (int)OpenFlags.CloseOnExec
            | (clone ? Constants.OpenTreeClone : 0)
            | (recursive ? Constants.AtRecursive : 0)
            | (path.IsEmpty ? Constants.AtEmptyPath : 0);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            return CallResult.Handle(Libc.syscall(SystemCalls.OpenTree, dir.Number, (nint)p, flags), out handle);
        }
    }

    /// <summary>Which mount a descriptor was reached by, <c>statx(2)</c>, Linux 5.8. A mount keeps its number when it is put at its place.</summary>
    public static MountIdentity Identify(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        byte empty = 0;
        StatxBuffer buffer = default;

        // SAFETY: an empty path, and the 256 bytes that the kernel writes.
        Errno errno = CallResult.Of(Libc.statx(fd.Number, &empty, Constants.AtEmptyPath, Constants.StatxMountIdUnique, &buffer));
        Files.Check(errno, "stat", file);
        ulong unique = (buffer.Mask & Constants.StatxMountIdUnique) != 0 ? buffer.MountId : 0;
        return new MountIdentity((int)Files.Stat(file).MountId, unique);
    }

    /// <summary>Puts a detached mount at a place, or moves one, <c>move_mount(2)</c>, Linux 5.2. An empty target path means the directory itself.</summary>
    public static void MoveMount(SafeFileHandle mount, SafeFileHandle? directory, PathName path) =>
        Files.Check(TryMoveMount(mount, directory, path), "mount", directory, path);

    /// <inheritdoc cref="MoveMount"/>
    public static Errno TryMoveMount(SafeFileHandle mount, SafeFileHandle? directory, PathName path)
    {
        using var from = new FdLease(mount);
        using var to = new FdLease(directory);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        int flags = Constants.MoveMountFromEmptyPath | (path.IsEmpty ? Constants.MoveMountToEmptyPath : 0);
        byte empty = 0;

        // SAFETY: both paths are NUL-terminated, one of them the empty string on the stack.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.syscall(SystemCalls.MoveMount, from.Number, (nint)(&empty), to.Number, (nint)p, flags));
        }
    }

    /// <summary>Changes attributes and propagation of a mount, <c>mount_setattr(2)</c>, Linux 5.12.</summary>
    public static void MountSetAttr(
        SafeFileHandle? directory,
        PathName path,
        bool recursive,
        MountAttributes set,
        MountAttributes clear = MountAttributes.None,
        Propagation propagation = Propagation.Unchanged,
        SafeFileHandle? userNamespace = null)
    {
        Errno errno = TryMountSetAttr(directory, path, recursive, set, clear, propagation, userNamespace);
        Files.Check(errno, "change mount", directory, path, $"set {set}, clear {clear}, propagation {propagation}");
    }

    /// <inheritdoc cref="MountSetAttr"/>
    public static Errno TryMountSetAttr(
        SafeFileHandle? directory,
        PathName path,
        bool recursive,
        MountAttributes set,
        MountAttributes clear = MountAttributes.None,
        Propagation propagation = Propagation.Unchanged,
        SafeFileHandle? userNamespace = null)
    {
        using var dir = new FdLease(directory);
        using var user = new FdLease(userNamespace, whenNull: 0);
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        var attr = new MountAttr
        {
            Set = (ulong)set,
            Clear = (ulong)clear,
            Propagation = (ulong)propagation,
            UserNamespaceFd = (ulong)user.Number,
        };
        int flags = (recursive ? Constants.AtRecursive : 0) | (path.IsEmpty ? Constants.AtEmptyPath : 0);

        // SAFETY: path and attributes live for the call; the size given is that of the structure.
        fixed (byte* p = name)
        {
            return CallResult.Of(Libc.syscall(SystemCalls.MountSetattr, dir.Number, (nint)p, flags, (nint)(&attr), sizeof(MountAttr)));
        }
    }

    /// <summary>Begins to configure a file system, <c>fsopen(2)</c>, Linux 5.2.</summary>
    public static SafeFileHandle FsOpen(string type)
    {
        using var name = new CString(type, stackalloc byte[64]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* p = name)
        {
            Errno errno = CallResult.Handle(Libc.syscall(SystemCalls.Fsopen, (nint)p, Constants.FsOpenCloseOnExec), out SafeFileHandle handle);
            return errno == Errno.Success ? handle : throw new LinuxException("mount", type, errno, "fsopen");
        }
    }

    /// <summary>Sets an option of a file system context; a null value sets a flag, <c>fsconfig(2)</c>, Linux 5.2.</summary>
    public static void FsConfig(SafeFileHandle context, string key, string? value)
    {
        using var fd = new FdLease(context);
        using var option = new CString(key, stackalloc byte[128]);
        using var text = new CString(value ?? "", stackalloc byte[CString.StackSize]);
        int command = value is null ? Constants.FsConfigSetFlag : Constants.FsConfigSetString;

        // SAFETY: both NUL-terminated and pinned.
        fixed (byte* k = option)
        fixed (byte* v = text)
        {
            ThrowFromContext(
                CallResult.Of(Libc.syscall(SystemCalls.Fsconfig, fd.Number, command, (nint)k, value is null ? 0 : (nint)v)),
                context,
                value is null ? key : $"{key}={value}");
        }
    }

    /// <summary>Sets an option to a descriptor, as overlay takes for its layers (Linux 6.13), <c>fsconfig(2)</c>.</summary>
    public static void FsConfig(SafeFileHandle context, string key, SafeFileHandle value)
    {
        using var fd = new FdLease(context);
        using var file = new FdLease(value);
        using var option = new CString(key, stackalloc byte[128]);

        // SAFETY: NUL-terminated and pinned.
        fixed (byte* k = option)
        {
            ThrowFromContext(
                CallResult.Of(Libc.syscall(SystemCalls.Fsconfig, fd.Number, Constants.FsConfigSetFd, (nint)k, 0, file.Number)), context, key);
        }
    }

    /// <summary>Creates the configured file system and gives a detached mount of it, <c>fsconfig(2)</c>, <c>fsmount(2)</c>, Linux 5.2.</summary>
    public static SafeFileHandle FsMount(SafeFileHandle context, MountAttributes attributes)
    {
        using var fd = new FdLease(context);
        ThrowFromContext(CallResult.Of(Libc.syscall(SystemCalls.Fsconfig, fd.Number, Constants.FsConfigCreate)), context, "create");
        nint r = Libc.syscall(SystemCalls.Fsmount, fd.Number, Constants.FsMountCloseOnExec, (nint)(ulong)attributes);
        ThrowFromContext(CallResult.Handle(r, out SafeFileHandle handle), context, "fsmount");
        return handle;
    }

    // The context's log holds what the file system itself says about the failure, a line per read: "e overlay: …".
    private static void ThrowFromContext(Errno errno, SafeFileHandle context, string what)
    {
        if (errno == Errno.Success)
        {
            return;
        }

        Span<byte> line = stackalloc byte[1024];
        string log = "";
        while (Files.TryRead(context, line, out int count) == Errno.Success && count > 0)
        {
            log += (log.Length == 0 ? "" : "; ") + new PathName(line[..count]).ToString().Trim();
        }

        throw new LinuxException("mount", what, errno, log);
    }
}
