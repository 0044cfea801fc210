using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Works in the mount namespace of a running container: a child with the engine's rights and one thread joins that and nothing else, does its few
/// system calls and ends. No path is looked up twice, none leads out of the container's root, and no program is executed.</summary>
internal sealed class MountNamespace(ContainerTarget target, ContainerSpec spec)
{
    private const uint ProcMagic = 0x9FA0;
    private const int Enter = 1;
    private const int Find = 2;
    private const int Act = 3;
    private const int MostAttempts = 100;

    /// <summary>Puts a mount that is at no place yet onto a path, which is made where it is missing.</summary>
    public void Attach(SafeFileHandle tree, string path)
    {
        var isDirectory = Files.Stat(tree).IsDirectory;
        Run("mount", path, (program, root) =>
        {
            var place = program.OpenOrCreateInRoot(root, path, isDirectory);
            program.RefuseFileSystem(place, ProcMagic);
            program.BeginStep(Act);
            program.Attach(program.Inherit(tree), place);
        });
    }

    /// <summary>Unmounts a mount, wherever it is by now. One that is gone is no failure.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="isLazy">Whether it goes at once though it is in use.</param>
    public void Detach(MountIdentity mount, bool isLazy)
    {
        for (var attempt = 1; ; attempt++)
        {
            var mounts = target.Guard(() => MountTable.Read(target.Pid).ToList());
            if (mounts.Find(m => m.Id == mount.Id)?.Target is not { } path)
            {
                return;
            }

            // Mounts below it would make it busy for ever.
            var flags = isLazy || mounts.Exists(m => m.ParentId == mount.Id) ? UmountFlags.Detach : UmountFlags.None;
            try
            {
                Detach(mount, path, flags);
                return;
            }
            catch (EngineException e) when (attempt < MostAttempts && e.InnerException is LinuxException { Errno: Errno.ESTALE or Errno.ELOOP or Errno.ENOENT or Errno.EINVAL })
            {
                // Somebody moves its directory about.
            }
        }
    }

    /// <summary>A copy of a mount of the container, at no place yet.</summary>
    public SafeFileHandle Copy(MountIdentity mount)
    {
        var path = target.Guard(() => MountTable.Read(target.Pid).FirstOrDefault(m => m.Id == mount.Id)?.Target)
            ?? throw new EngineException($"mount of container {spec.Name}: ENOENT (it was unmounted inside)", exitCode: 1);
        SafeFileHandle? copy = null;
        Run(
            "copy mount",
            path,
            (program, root) =>
            {
                var place = program.OpenBelow(root, path, OpenFlags.Path);
                program.RequireMount(place, mount);
                program.BeginStep(Act);
                program.SendDescriptor(program.CloneTree(place, recursive: false));
            },
            (StartedChild child, out ChildFailure? failure) => copy = child.ReceiveDescriptor(out failure));
        return copy!;
    }

    /// <summary>Makes a device node of the container's own.</summary>
    public void MakeDevice(string path, FileStat device) => Run("create device", path, (program, root) =>
    {
        var name = Path.GetFileName(path);
        var parent = program.OpenOrCreateInRoot(root, Path.GetDirectoryName(path)!, directory: true);
        program.RefuseFileSystem(parent, ProcMagic);
        program.BeginStep(Act);
        program.MakeDevice(parent, name, (uint)device.Kind, device.Permissions, device.RawDevice, device.Gid);
    });

    /// <summary>Removes a device node; what is no such node is left alone.</summary>
    public void RemoveDevice(string path, FileKind kind, DeviceNumber device) => Run("remove device", path, (program, root) =>
    {
        var parent = program.NewSlot();
        var gone = program.NewLabel();
        program.TryOpenInRoot(root, Path.GetDirectoryName(path)!, OpenFlags.Path | OpenFlags.Directory, parent, gone, Errno.ENOENT, Errno.ENOTDIR);
        program.BeginStep(Act);
        program.RemoveDevice(parent, Path.GetFileName(path), (uint)kind, device);
        program.Mark(gone);
    });

    private delegate void Receive(StartedChild child, out ChildFailure? failure);

    private void Detach(MountIdentity mount, string path, UmountFlags flags) =>
        Run("unmount", path, (program, root) =>
        {
            var parent = OpenParent(program, root, path, out var name);
            var place = program.OpenBelow(parent, name, OpenFlags.Path);
            program.RequireMount(place, mount);
            program.Close(place);
            program.BeginStep(Act);
            program.Unmount(parent, name, flags);
        });

    private static Operand OpenParent(ChildProgramBuilder program, Operand root, string path, out string name)
    {
        name = Path.GetFileName(path);
        return program.OpenBelow(root, Path.GetDirectoryName(path)!, OpenFlags.Path | OpenFlags.Directory);
    }

    private void Run(string operation, string path, Action<ChildProgramBuilder, Operand> body, Receive? receive = null)
    {
        var program = new ChildProgramBuilder();
        program.BeginStep(Enter);
        program.ForbidTracing();
        program.EndWithParent();
        program.JoinNamespace(program.Inherit(target.PidFd), NamespaceTypes.Mount);
        program.SetFileModeMask(0);
        if (ChildNamespaces.ModeOf(spec, NamespaceType.User) == NamespaceMode.Private && spec.WritesIdMaps)
        {
            UserNamespaceMounts.MakeFilesAsRoot(program, spec);
        }

        var root = program.Open("/", OpenFlags.Path | OpenFlags.Directory);
        program.BeginStep(Find);
        body(program, root);
        program.Exit(0);
        using var built = program.Build();
        using var child = ChildProcess.Start(built, new CloneOptions());
        ChildFailure? failure = null;
        receive?.Invoke(child, out failure);
        failure ??= child.ReadOutcome();
        var status = Processes.WaitId(child.PidFd);
        if (failure is not null)
        {
            throw Failed(failure, operation, path);
        }

        if (status?.ShellExitCode != 0)
        {
            throw new EngineException($"{operation} {spec.Name}:{path}: ended with status {status?.ShellExitCode}", exitCode: 1);
        }
    }

    private EngineException Failed(ChildFailure failure, string operation, string path)
    {
        if (!target.IsAlive)
        {
            return new EngineException($"container {spec.Name}: ESRCH (it ended meanwhile)", exitCode: 1);
        }

        var subject = $"{spec.Name}:{path}";
        var cause = new LinuxException(failure.Step == Enter ? "enter" : operation, subject, failure.Errno);
        var hint = (failure.Step, failure.Errno) switch
        {
            (Find, Errno.EPERM) => "nothing can be mounted over /proc",
            (Find, Errno.ENOENT) => "a symbolic link inside leads nowhere",
            (Find, Errno.EROFS) => "the container's root is read-only: name a place that is there",
            (Find, Errno.ENOTDIR) => "a directory goes over a directory, a file over a file",
            (Find, Errno.ESTALE or Errno.ELOOP) => "something else was mounted over it, or its directory was moved: undo that first",
            (Act, Errno.EBUSY) => "a process inside uses it; see: fuser -m; or take it out of sight at once: minidock mount rm --lazy",
            (Act, Errno.EEXIST) => "something is there already",
            _ => cause.Hint,
        };
        return new EngineException(cause.Message, hint, 1, cause);
    }
}
