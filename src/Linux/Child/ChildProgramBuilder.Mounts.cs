using System.Runtime.CompilerServices;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

// Mounts: the descriptor-based interface (Linux 5.2, mount_setattr 5.12), so that no path is looked up twice.
public sealed partial class ChildProgramBuilder
{
    private const int CloneCloseOnExec = Constants.OpenTreeClone | (int)OpenFlags.CloseOnExec;

    /// <summary>mount(2) by path, seen by the child. For the time before the root is changed: no container has a say in these paths.</summary>
    public void Mount(string? source, string target, string? type, MountFlags flags, string? data) =>
        Call(SystemCalls.Mount, TextOrNull(source), Text(target), TextOrNull(type), (long)flags, TextOrNull(data));

    /// <summary>A new file system that is mounted nowhere yet: fsopen(2), fsconfig(2), fsmount(2). An option without a value is a flag.</summary>
    /// <returns>A descriptor of its root. Files can be made through it before any image can reach them.</returns>
    public Operand NewFileSystem(string type, IEnumerable<(string Key, string? Value)> options, MountAttributes attributes)
    {
        Operand context = CallForResult(SystemCalls.Fsopen, Text(type), Constants.FsOpenCloseOnExec);
        foreach ((string key, string? value) in options)
        {
            Call(SystemCalls.Fsconfig, context, value is null ? Constants.FsConfigSetFlag : Constants.FsConfigSetString, Text(key), TextOrNull(value), 0);
        }

        Call(SystemCalls.Fsconfig, context, Constants.FsConfigCreate, 0, 0, 0);
        Operand mount = CallForResult(SystemCalls.Fsmount, context, Constants.FsMountCloseOnExec, (uint)attributes);
        Close(context);
        return mount;
    }

    /// <summary>A copy of the mount at a path of the child's present root, mounted nowhere yet: open_tree(2).</summary>
    public Operand CloneTree(string path, bool recursive) =>
        CallForResult(SystemCalls.OpenTree, Constants.AtFdCwd, Text(path), CloneCloseOnExec | (recursive ? Constants.AtRecursive : 0));

    /// <summary>A copy of the mount at a descriptor, from there down, mounted nowhere yet.</summary>
    public Operand CloneTree(Operand place, bool recursive) =>
        CallForResult(SystemCalls.OpenTree, place, Text(""), CloneCloseOnExec | Constants.AtEmptyPath | (recursive ? Constants.AtRecursive : 0));

    /// <summary>Mounts what <see cref="NewFileSystem"/> or <see cref="CloneTree(string, bool)"/> made onto the file behind a descriptor: move_mount(2).</summary>
    public void Attach(Operand mount, Operand target) =>
        Call(SystemCalls.MoveMount, mount, Text(""), target, Text(""), Constants.MoveMountFromEmptyPath | Constants.MoveMountToEmptyPath);

    /// <summary>Unmounts what is mounted on a name of a directory, without following a link: umount2(2).</summary>
    /// <remarks>The directory becomes the working directory: a descriptor of the mount itself would keep it busy.</remarks>
    public void Unmount(Operand parent, string name, UmountFlags flags)
    {
        Call(SystemCalls.Fchdir, parent);
        Call(SystemCalls.Umount2, Text(name), (int)(flags | UmountFlags.NoFollow));
    }

    /// <summary>Changes attributes and propagation of the mount whose root the descriptor is: mount_setattr(2).</summary>
    public void SetMountAttributes(Operand mount, MountAttributes set, MountAttributes clear, Propagation propagation, bool recursive)
    {
        Operand attributes = Structure(new MountAttr { Set = (ulong)set, Clear = (ulong)clear, Propagation = (ulong)propagation });
        Call(SystemCalls.MountSetattr, mount, Text(""), Constants.AtEmptyPath | (recursive ? Constants.AtRecursive : 0), attributes, Unsafe.SizeOf<MountAttr>());
    }

    /// <summary>
    /// Shows the files of a mount that is attached nowhere with the ids of a user namespace (idmapped mount, Linux 5.12). A file
    /// system that cannot do it is left as it is: the container sees its files as nobody's.
    /// </summary>
    public void MapIds(Operand mount, Operand userNamespace)
    {
        Operand attributes = Structure(new MountAttr { Set = (ulong)MountAttributes.IdMap, UserNamespaceFd = (ulong)userNamespace.Value });
        TryCall(null, null, [Errno.EINVAL], SystemCalls.MountSetattr, mount, Text(""), Constants.AtEmptyPath, attributes, Unsafe.SizeOf<MountAttr>());
    }

    /// <summary>Makes the directory behind a descriptor, which must be a mount's root, the root of the mount namespace, and detaches the old one: pivot_root(2).</summary>
    public void PivotRoot(Operand newRoot)
    {
        Call(SystemCalls.Fchdir, newRoot);

        // Old and new root are stacked at the same place: no directory for the old one has to be found in an image.
        Call(SystemCalls.PivotRoot, Text("."), Text("."));
        Call(SystemCalls.Umount2, Text("."), (int)UmountFlags.Detach);
        Call(SystemCalls.Chdir, Text("/"));
    }

    /// <summary>
    /// Hides a file or directory of the container: an empty read-only tmpfs over a directory, <paramref name="nullDevice"/> over a file.
    /// A path that does not exist is left alone.
    /// </summary>
    public void Mask(Operand root, string path, Operand nullDevice)
    {
        ChildLabel done = NewLabel();
        ChildLabel isFile = NewLabel();
        Operand place = NewSlot();
        TryOpenInRoot(root, path, OpenFlags.Path | OpenFlags.Directory, place, isFile, Errno.ENOTDIR, Errno.ENOENT);
        Operand empty = NewFileSystem("tmpfs", [("size", "0"), ("nr_inodes", "1"), ("mode", "0755")], MountAttributes.ReadOnly | MountAttributes.NoSuid | MountAttributes.NoDev | MountAttributes.NoExec);
        Attach(empty, place);
        Close(empty);
        Close(place);
        Jump(done);
        Mark(isFile);
        TryOpenInRoot(root, path, OpenFlags.Path, place, done, Errno.ENOENT, Errno.ENOTDIR);
        Operand hidden = CloneTree(nullDevice, recursive: false);
        Attach(hidden, place);
        Close(hidden);
        Close(place);
        Mark(done);
    }

    /// <summary>Makes a file or directory of the container read-only, with all mounts below. A path that does not exist is left alone.</summary>
    public void MakeReadOnly(Operand root, string path)
    {
        ChildLabel done = NewLabel();
        Operand place = NewSlot();
        TryOpenInRoot(root, path, OpenFlags.Path, place, done, Errno.ENOENT, Errno.ENOTDIR);
        Operand copy = CloneTree(place, recursive: true);
        SetMountAttributes(copy, MountAttributes.ReadOnly, MountAttributes.None, Propagation.Unchanged, recursive: true);
        Attach(copy, place);
        Close(copy);
        Close(place);
        Mark(done);
    }

    private Operand TextOrNull(string? text) => text is null ? 0 : Text(text);
}
