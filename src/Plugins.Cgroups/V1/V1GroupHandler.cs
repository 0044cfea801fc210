using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.V1;

/// <summary>Makes a container's groups, one in each hierarchy that it needs, and writes their limits.</summary>
internal sealed class V1GroupHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cgroup.v1";

    /// <summary>Argument: lines <c>CONTROLLER=MOUNTPOINT</c>.</summary>
    public const string Mounts = "mounts";

    private const int MaximumAttempts = 100;

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var path = step.Arguments[GroupStep.Path];
        var mounts = ParseMounts(step).ToDictionary();
        var made = new List<string>();
        foreach (var mount in mounts.Values.Distinct())
        {
            Create(mount, path, made);
        }

        // Before anything is written, which may fail: undoing then finds the marks.
        var receipt = GroupStep.Receipt(step, made);
        if (GroupStep.IsShared(step))
        {
            SharedGroup.Made(Groups(step));
        }

        if (mounts.TryGetValue("cpuset", out var cpuset))
        {
            V1GroupDefaults.InheritCpuset(cpuset, path);
        }

        Write(CgroupWrite.Decode(step.Arguments.Find(GroupStep.Writes)), controller => $"{mounts[controller]}/{path}");
        return receipt;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var groups = Groups(step);
        if (GroupStep.IsShared(step))
        {
            SharedGroup.Undo(step, groups);
            return;
        }

        GroupRemoval.Remove(groups);
        GroupStep.RemoveParents(step, receipt, groups);
    }

    private static List<string> Groups(PlanStep step) => ParseMounts(step).Select(m => $"{m.Value}/{step.Arguments[GroupStep.Path]}").Distinct().ToList();

    internal static IEnumerable<KeyValuePair<string, string>> ParseMounts(PlanStep step) =>
        step.Arguments[Mounts].Split('\n').Select(line => line.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1]));

    // Another container's end may remove the parent between two of our calls, hence the attempts.
    private static void Create(string mount, string path, List<string> made)
    {
        var directory = $"{mount}/{path}";
        var errno = Errno.ENOENT;
        for (var attempt = 0; attempt < MaximumAttempts && errno == Errno.ENOENT; attempt++)
        {
            errno = Files.TryMkdirAt(null, directory, 0x1ED); // 0755
            if (errno == Errno.ENOENT)
            {
                CreateParents(mount, path, made);
            }
        }

        if (errno is not (Errno.Success or Errno.EEXIST))
        {
            throw GroupErrors.Create(directory, errno);
        }
    }

    private static void CreateParents(string mount, string path, List<string> made)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var directory = $"{mount}/{path[..slash]}";
            var errno = Files.TryMkdirAt(null, directory, 0x1ED);
            if (errno == Errno.Success)
            {
                made.Add(directory);
                V1GroupDefaults.LimitWholeTree(directory);
            }
            else if (errno is not (Errno.EEXIST or Errno.ENOENT))
            {
                throw GroupErrors.Create(directory, errno);
            }
        }
    }

    // Lines for one file follow each other (devices.allow): it is opened once.
    private static void Write(IEnumerable<CgroupWrite> writes, Func<string, string> directoryOf)
    {
        SafeFileHandle? file = null;
        string? open = null;
        try
        {
            foreach (var write in writes)
            {
                var directory = directoryOf(write.Controller);
                if (open != directory + write.File)
                {
                    file?.Dispose();
                    (file, open) = (Open(directory, write), directory + write.File);
                }

                if (file is not null && CgroupFiles.TryWrite(file, write.Value) is not Errno.Success and var errno)
                {
                    throw GroupErrors.Write($"{directory}/{write.File}", write.Value, errno);
                }
            }
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static SafeFileHandle? Open(string directory, CgroupWrite write)
    {
        var errno = Errno.ENOENT;
        var path = directory;
        foreach (var name in write.File.Split('|'))
        {
            path = $"{directory}/{name}";
            errno = Files.TryOpenAt(null, path, OpenFlags.WriteOnly, 0, out var file);
            if (errno == Errno.Success)
            {
                return file;
            }
        }

        return write.Optional && errno == Errno.ENOENT ? null : throw GroupErrors.Write(path, write.Value, errno);
    }
}
