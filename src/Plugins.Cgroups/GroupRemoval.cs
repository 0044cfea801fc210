using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Removes groups with all that is in them: processes are killed, nested groups go first. Idempotent.</summary>
internal static class GroupRemoval
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Removes the groups of one container.</summary>
    /// <exception cref="EngineException">A group is still there after twenty seconds.</exception>
    public static void Remove(IEnumerable<string> directories)
    {
        // A container's processes are gone when its init is: as a rule this is all there is to do.
        var left = directories.Where(directory => TryRemove(directory) is not (Errno.Success or Errno.ENOENT)).ToList();
        var clock = Stopwatch.StartNew();
        for (var pause = 1; left.Count > 0; pause = Math.Min(pause * 2, 50))
        {
            left.ForEach(Kill);
            left.RemoveAll(IsRemovedTree);
            if (left.Count == 0)
            {
                return;
            }

            if (clock.Elapsed > Patience)
            {
                throw new EngineException(
                    new LinuxException("remove cgroup", left[0], Errno.EBUSY).Message,
                    $"processes that cannot be killed are in it; see: cat {left[0]}/cgroup.procs");
            }

            Thread.Sleep(pause);
        }
    }

    /// <summary>Removes an empty group; any failure is left to whoever still uses it.</summary>
    public static Errno TryRemove(string directory) => Files.TryUnlinkAt(null, directory, removeDirectory: true);

    private static bool IsRemovedTree(string directory)
    {
        foreach (var child in GroupTree.Children(directory))
        {
            IsRemovedTree(child);
        }

        return TryRemove(directory) is Errno.Success or Errno.ENOENT;
    }

    private static void Kill(string directory)
    {
        // Linux 5.14, version 2: the whole tree at once, against which no fork can race.
        if (CgroupFiles.TryWrite(directory + "/cgroup.kill", "1") != Errno.Success)
        {
            KillEach(directory);
        }
    }

    private static void KillEach(string directory)
    {
        // Without new forks each round ends what it sees, so that a fork bomb cannot outrun us.
        _ = CgroupFiles.TryWrite(directory + "/pids.max", "0");
        _ = CgroupFiles.TryWrite(directory + "/freezer.state", "THAWED");
        foreach (var child in GroupTree.Children(directory))
        {
            KillEach(child);
        }

        var procs = directory + "/cgroup.procs";
        var handles = new Dictionary<string, SafeFileHandle>();
        foreach (var pid in Pids(procs))
        {
            if (int.TryParse(pid, CultureInfo.InvariantCulture, out var number) && number != Environment.ProcessId
                && Processes.TryPidfdOpen(number, out var handle) == Errno.Success)
            {
                handles[pid] = handle;
            }
        }

        // A number may have gone to another process since it was read: only what is still listed now is what the descriptor stands for.
        foreach (var pid in Pids(procs))
        {
            if (handles.TryGetValue(pid, out var handle))
            {
                _ = Processes.TryPidfdSendSignal(handle, Signal.SIGKILL);
            }
        }

        foreach (var handle in handles.Values)
        {
            handle.Dispose();
        }
    }

    private static string[] Pids(string procs) => CgroupFiles.TryRead(procs)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
