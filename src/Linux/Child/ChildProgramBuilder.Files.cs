using System.Runtime.CompilerServices;
using System.Text;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

// Files: everything that an image has a say in is resolved inside the root, by openat2(2).
public sealed partial class ChildProgramBuilder
{
    private const uint TypeMask = 0xF000;
    private const uint DefaultMode = 0x1ED;

    /// <summary>Opens a path as the child sees it at this moment. For paths that the engine chose.</summary>
    public Operand Open(string path, OpenFlags flags, uint mode = 0) =>
        CallForResult(SystemCalls.Openat, Constants.AtFdCwd, Text(path), (int)(flags | OpenFlags.CloseOnExec), mode);

    /// <summary>Opens a path inside <paramref name="root"/>: links are followed as the container would, never to the outside (openat2(2), RESOLVE_IN_ROOT).</summary>
    public Operand OpenInRoot(Operand root, string path, OpenFlags flags) =>
        CallForResult(SystemCalls.Openat2, root, Text(Relative(path)), How(flags, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks), Unsafe.SizeOf<OpenHow>());

    /// <summary>Opens a path below a directory in which no component may be a link: for the engine's own file systems.</summary>
    public Operand OpenBelow(Operand directory, string path, OpenFlags flags, uint mode = 0) =>
        CallForResult(SystemCalls.Openat2, directory, Text(Relative(path)), How(flags, mode, ResolveFlags.InRoot | ResolveFlags.NoSymlinks), Unsafe.SizeOf<OpenHow>());

    /// <summary>
    /// Opens a directory or (empty) file of the container as a place for a mount, and makes what is missing of it.
    /// </summary>
    /// <remarks>A link that leads nowhere fails with ENOENT; <paramref name="replaceLinks"/> takes it away: for files of the root itself, never of a volume.</remarks>
    public Operand OpenOrCreateInRoot(Operand root, string path, bool directory, uint mode = DefaultMode, bool replaceLinks = false) =>
        OpenOrCreate(root, path, directory, mode, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, replaceLinks);

    /// <summary>As <see cref="OpenOrCreateInRoot"/>, but fails with ELOOP if any component is a link: for the places of the engine's own mounts.</summary>
    public Operand OpenOrCreateBelow(Operand root, string path, bool directory, uint mode = DefaultMode) =>
        OpenOrCreate(root, path, directory, mode, ResolveFlags.InRoot | ResolveFlags.NoSymlinks, replaceLinks: false);

    private Operand OpenOrCreate(Operand root, string path, bool directory, uint mode, ResolveFlags resolve, bool replaceLinks)
    {
        string[] names = Relative(path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        OpenFlags leafFlags = OpenFlags.Path | (directory ? OpenFlags.Directory : 0);
        Operand place = NewSlot();
        ChildLabel missing = NewLabel();
        ChildLabel done = NewLabel();
        TryCall(missing, place, [Errno.ENOENT], SystemCalls.Openat2, root, Text(Relative(path)), How(leafFlags, 0, resolve), Unsafe.SizeOf<OpenHow>());
        Jump(done);
        Mark(missing);
        Operand parent = root;
        for (int n = 0; n < names.Length; n++)
        {
            bool last = n == names.Length - 1;
            bool asFile = last && !directory;
            Operand next = NewSlot();
            Operand[] open = [root, Text(string.Join('/', names.AsSpan(0, n + 1)!)), How(last ? leafFlags : OpenFlags.Path | OpenFlags.Directory, 0, resolve), Unsafe.SizeOf<OpenHow>()];
            MakeEntry(parent, names[n], asFile, last ? mode : DefaultMode);
            if (replaceLinks)
            {
                ChildLabel danglingLink = NewLabel();
                ChildLabel opened = NewLabel();
                TryCall(danglingLink, null, [Errno.ENOENT], SystemCalls.Openat2, open);
                Jump(opened);
                Mark(danglingLink);
                Call(SystemCalls.Unlinkat, parent, Text(names[n]), 0);
                MakeEntry(parent, names[n], asFile, last ? mode : DefaultMode);
                Mark(opened);
            }

            Add(ChildOperation.SystemCall, SystemCalls.Openat2, next, null, 0, open);
            if (n > 0)
            {
                Close(parent);
            }

            parent = next;
        }

        Set(place, parent);
        Mark(done);
        return place;
    }

    private void MakeEntry(Operand parent, string name, bool asFile, uint mode)
    {
        if (asFile)
        {
            TryCall(null, null, [Errno.EEXIST], SystemCalls.Mknodat, parent, Text(name), (uint)FileKind.Regular | 0x1A4, 0);
        }
        else
        {
            TryCall(null, null, [Errno.EEXIST], SystemCalls.Mkdirat, parent, Text(name), mode);
        }
    }

    /// <summary>Goes on at <paramref name="otherwise"/> unless a directory of the container holds nothing.</summary>
    public void RequireEmptyDirectory(Operand root, string path, ChildLabel otherwise)
    {
        // "." and ".." as struct linux_dirent64: 19 bytes, the name, a NUL, rounded up to 8.
        const int emptySize = 48;
        ChildLabel empty = NewLabel();
        Operand directory = OpenInRoot(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
        Operand size = CallForResult(SystemCalls.Getdents64, directory, Scratch, 512);
        Close(directory);
        Jump(empty, size, emptySize);
        Jump(otherwise);
        Mark(empty);
    }

    /// <summary>Makes a directory that may be there already: mkdirat(2).</summary>
    public void MakeDirectory(Operand parent, string name, uint mode) =>
        TryCall(null, null, [Errno.EEXIST], SystemCalls.Mkdirat, parent, Text(name), mode);

    /// <summary>Makes a symbolic link: symlinkat(2).</summary>
    public void MakeLink(Operand parent, string name, string target) => Call(SystemCalls.Symlinkat, Text(target), parent, Text(name));

    /// <summary>Makes a device node of a type (S_IFCHR or S_IFBLK): mknodat(2). A user namespace refuses it (EPERM): bind the host's node there.</summary>
    public void MakeDevice(Operand parent, string name, uint type, uint mode, DeviceNumber device, uint group)
    {
        Call(SystemCalls.Mknodat, parent, Text(name), type | mode, (long)device.Encoded);
        if (group != 0)
        {
            Call(SystemCalls.Fchownat, parent, Text(name), 0, group, Constants.AtSymlinkNoFollow);
        }
    }

    /// <summary>Fails with ENODEV unless a descriptor is the character device given (statx(2)).</summary>
    public void RequireCharacterDevice(Operand descriptor, uint major, uint minor)
    {
        Call(SystemCalls.Statx, descriptor, Text(""), Constants.AtEmptyPath, 0x1, Scratch);

        // stx_mode is 16 bits wide; what follows it is padding.
        Require32(Scratch.Plus(StatxBuffer.ModeOffset), TypeMask, (uint)FileKind.CharacterDevice, Errno.ENODEV);
        Require32(Scratch.Plus(StatxBuffer.RdevMajorOffset), uint.MaxValue, major, Errno.ENODEV);
        Require32(Scratch.Plus(StatxBuffer.RdevMinorOffset), uint.MaxValue, minor, Errno.ENODEV);
    }

    /// <summary>Fails with ESTALE unless a descriptor was reached by a certain mount (statx(2), Linux 5.8).</summary>
    public void RequireMount(Operand descriptor, MountIdentity mount)
    {
        Call(SystemCalls.Statx, descriptor, Text(""), Constants.AtEmptyPath, mount.UniqueId != 0 ? Constants.StatxMountIdUnique : Constants.StatxMountId, Scratch);
        ulong expected = mount.UniqueId != 0 ? mount.UniqueId : (ulong)mount.Id;
        Require32(Scratch.Plus(StatxBuffer.MountIdOffset), uint.MaxValue, (uint)expected, Errno.ESTALE);
        Require32(Scratch.Plus(StatxBuffer.MountIdOffset + 4), uint.MaxValue, (uint)(expected >> 32), Errno.ESTALE);
    }

    /// <summary>Fails with EPERM if a descriptor is on a file system of this magic number (statfs(2)).</summary>
    public void RefuseFileSystem(Operand descriptor, uint magic)
    {
        ChildLabel other = NewLabel();
        ChildLabel same = NewLabel();
        Operand value = NewSlot();
        Call(SystemCalls.Fstatfs, descriptor, Scratch);
        Add(ChildOperation.Load32, 0, value, null, 0, Scratch, uint.MaxValue);
        Jump(same, value, magic);
        Jump(other);
        Mark(same);
        Fail(Errno.EPERM);
        Mark(other);
    }

    /// <summary>Takes a name away unless it is not the device node given, or not there: then nothing happens (unlinkat(2)).</summary>
    public void RemoveDevice(Operand parent, string name, uint type, DeviceNumber device)
    {
        ChildLabel gone = NewLabel();
        TryCall(gone, null, [Errno.ENOENT], SystemCalls.Statx, parent, Text(name), Constants.AtSymlinkNoFollow, 0x1, Scratch);
        foreach ((int offset, uint mask, uint expected) in new[]
        {
            (StatxBuffer.ModeOffset, TypeMask, type), (StatxBuffer.RdevMajorOffset, uint.MaxValue, device.Major), (StatxBuffer.RdevMinorOffset, uint.MaxValue, device.Minor),
        })
        {
            ChildLabel good = NewLabel();
            Operand value = NewSlot();
            Add(ChildOperation.Load32, 0, value, null, 0, Scratch.Plus(offset), mask);
            Jump(good, value, expected);
            Jump(gone);
            Mark(good);
        }

        TryCall(null, null, [Errno.ENOENT], SystemCalls.Unlinkat, parent, Text(name), 0);
        Mark(gone);
    }

    /// <summary>Fails with ENODEV unless a descriptor is on a file system of this magic number (statfs(2)).</summary>
    public void RequireFileSystem(Operand descriptor, uint magic)
    {
        Call(SystemCalls.Fstatfs, descriptor, Scratch);
        Require32(Scratch, uint.MaxValue, magic, Errno.ENODEV);
    }

    /// <summary>Writes a text to an open file in one write(2), as proc and cgroup files want it.</summary>
    public void Write(Operand descriptor, string text)
    {
        Operand place = Text(text);
        Call(SystemCalls.Write, descriptor, place, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>As <see cref="OpenInRoot"/>, but goes on at <paramref name="otherwise"/> after an errno that is tolerated.</summary>
    public void TryOpenInRoot(Operand root, string path, OpenFlags flags, Operand result, ChildLabel otherwise, params ReadOnlySpan<Errno> tolerated) =>
        TryCall(otherwise, result, tolerated, SystemCalls.Openat2, root, Text(Relative(path)), How(flags, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks), Unsafe.SizeOf<OpenHow>());

    private Operand How(OpenFlags flags, uint mode, ResolveFlags resolve) =>
        Structure(new OpenHow { Flags = (uint)(flags | OpenFlags.CloseOnExec), Mode = mode, Resolve = (ulong)resolve });

    private static string Relative(string path) => path.Trim('/') is { Length: > 0 } inside ? inside : ".";
}
