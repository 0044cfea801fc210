using System.Diagnostics;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>The processes of a group, with those of the groups below it, and their move into another one.</summary>
internal static class GroupMembers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Their ids as this process sees them; 0 stands for one that it does not see.</summary>
    public static IEnumerable<int> Of(string directory) => GroupTree.Below(directory).SelectMany(Own);

    /// <summary>The processes of one group without those below it.</summary>
    public static IEnumerable<int> Own(string directory) =>
        (CgroupFiles.TryRead(directory + "/cgroup.procs") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture));

    /// <summary>Moves processes of a hierarchy until none is left to move: new ones may come while the others are moved.</summary>
    /// <param name="left">Those that are not there yet.</param>
    /// <param name="target">The group.</param>
    /// <param name="root">The root of its hierarchy, where a process goes that was moved by mistake.</param>
    public static void Move(Func<IReadOnlyCollection<int>> left, string target, string root)
    {
        var clock = Stopwatch.StartNew();
        for (var round = left(); round.Count > 0; round = left())
        {
            foreach (var pid in round)
            {
                Move(pid, left, target, root);
            }

            if (clock.Elapsed > Patience)
            {
                throw new EngineException(new LinuxException("move into cgroup", target, Errno.EBUSY, round.First().ToString(CultureInfo.InvariantCulture)).Message);
            }
        }
    }

    private static void Move(int pid, Func<IReadOnlyCollection<int>> left, string target, string root)
    {
        if (pid == 0 || Processes.TryPidfdOpen(pid, out var handle) != Errno.Success)
        {
            return;
        }

        using (handle)
        {
            // The number may have gone to another process since it was read: only what is still listed is what the descriptor stands for.
            if (!left().Contains(pid))
            {
                return;
            }

            var errno = CgroupFiles.TryWrite(target + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
            if (errno is not (Errno.Success or Errno.ESRCH))
            {
                throw new EngineException(
                    new LinuxException("move into cgroup", target, errno, pid.ToString(CultureInfo.InvariantCulture)).Message,
                    errno == Errno.EINVAL ? "a process with a real-time policy cannot be in a group with a limit of processor time" : null);
            }

            // It ended in the very moment, and the number may be another process's, who goes back.
            if (errno == Errno.Success && Polling.WaitFor(handle, PollEvents.Read, 0) && Own(target).Contains(pid))
            {
                _ = CgroupFiles.TryWrite(root + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
