using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Bpf;
using MiniDock.Plugins.Cgroups.Controllers;

namespace MiniDock.Plugins.Cgroups.V2;

/// <summary>Makes a container's group in the unified hierarchy, writes its limits and attaches the device program.</summary>
internal sealed class V2GroupHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cgroup.v2";

    /// <summary>Argument: mount point of the hierarchy.</summary>
    public const string Mount = "mount";

    /// <summary>Argument: controllers to turn on for the group, separated by spaces.</summary>
    public const string Controllers = "controllers";

    private const int MaximumAttempts = 100;

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var group = Group(step);
        var made = new List<string>();
        Create(step.Arguments[Mount], step.Arguments[GroupStep.Path], step.Arguments[Controllers], made);
        // Before anything is written, which may fail: undoing then finds the marks.
        var receipt = GroupStep.Receipt(step, made);
        if (GroupStep.IsShared(step))
        {
            SharedGroup.Made([group]);
        }

        Fill(group, [.. CgroupWrite.Decode(step.Arguments.Find(GroupStep.Writes))]);
        return receipt;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        string[] groups = [Group(step)];
        if (GroupStep.IsShared(step))
        {
            SharedGroup.Undo(step, groups);
            return;
        }

        GroupRemoval.Remove(groups);
        GroupStep.RemoveParents(step, receipt, groups);
    }

    /// <summary>Writes the limits of a new group and attaches the device program.</summary>
    internal static void Fill(string group, List<CgroupWrite> writes)
    {
        foreach (var write in writes.Where(w => w.Controller != "devices"))
        {
            Write(group, write);
        }

        if (writes.Exists(w => w.Controller == "devices"))
        {
            V2DeviceRules.Attach(group, V2DeviceRules.Of(writes), isNew: true);
        }
    }

    private static string Group(PlanStep step) => $"{step.Arguments[Mount]}/{step.Arguments[GroupStep.Path]}";

    /// <summary>Makes a group where there is none, and turns controllers on for it.</summary>
    /// <remarks>Another container's end may remove the parent between two of our calls, hence the attempts.</remarks>
    internal static void Create(string mount, string path, string controllers, List<string> made)
    {
        var request = string.Join(' ', controllers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => '+' + c));
        for (var attempt = 1; TryCreate(mount, path, request, made) is { } failure; attempt++)
        {
            if (failure.Errno is not (Errno.ENOENT or Errno.ENODEV) || attempt == MaximumAttempts)
            {
                throw failure.IsControl ? GroupErrors.Write(failure.Path, request, failure.Errno) : GroupErrors.Create(failure.Path, failure.Errno);
            }
        }
    }

    // From the root down: a controller works in a group only where every group above it passes it on.
    private static Failure? TryCreate(string mount, string path, string request, List<string> made)
    {
        var directory = mount;
        foreach (var name in path.Split('/'))
        {
            var control = directory + "/cgroup.subtree_control";
            if (request.Length > 0 && CgroupFiles.TryWrite(control, request) is not Errno.Success and var refused)
            {
                return new Failure(control, refused, IsControl: true);
            }

            directory = $"{directory}/{name}";
            var errno = Files.TryMkdirAt(null, directory, 0x1ED); // 0755
            if (errno is not (Errno.Success or Errno.EEXIST))
            {
                return new Failure(directory, errno, IsControl: false);
            }

            if (errno == Errno.Success && directory.Length < mount.Length + 1 + path.Length)
            {
                made.Add(directory);
            }
        }

        return null;
    }

    private static void Write(string group, CgroupWrite write)
    {
        var errno = Errno.ENOENT;
        var path = group;
        foreach (var name in write.File.Split('|'))
        {
            path = $"{group}/{name}";
            errno = CgroupFiles.TryWrite(path, BlkioController.Scaled(name, write.Value));
            if (errno != Errno.ENOENT)
            {
                break;
            }
        }

        if (errno != Errno.Success && !(write.Optional && errno == Errno.ENOENT))
        {
            throw GroupErrors.Write(path, write.Value, errno);
        }
    }

    private readonly record struct Failure(string Path, Errno Errno, bool IsControl);
}
