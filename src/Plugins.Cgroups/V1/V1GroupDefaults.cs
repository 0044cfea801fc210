using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.V1;

/// <summary>What a new group of version 1 needs before it can be used.</summary>
internal static class V1GroupDefaults
{
    /// <summary>Gives a cpuset group its parent's processors and nodes, and makes a memory group's limit hold for the groups below it.</summary>
    /// <remarks>The hierarchy is told by its files, as several may be mounted together under any name.</remarks>
    public static void Apply(string directory)
    {
        // A new cpuset is empty and takes no process (cpusets.rst); one that has values was made by someone before us.
        Inherit(directory, "cpuset.cpus");
        Inherit(directory, "cpuset.mems");

        // Always so from Linux 5.11 on; before, it must be written while the group has no child (memory.rst, "Hierarchy support").
        if (CgroupFiles.TryRead(directory + "/memory.use_hierarchy") == "0")
        {
            _ = CgroupFiles.TryWrite(directory + "/memory.use_hierarchy", "1");
        }
    }

    private static void Inherit(string directory, string file)
    {
        if (CgroupFiles.TryRead($"{directory}/{file}") is { Length: 0 }
            && CgroupFiles.TryRead($"{Path.GetDirectoryName(directory)}/{file}") is { Length: > 0 } value
            && CgroupFiles.TryWrite($"{directory}/{file}", value) is not Errno.Success and var errno)
        {
            throw GroupErrors.Write($"{directory}/{file}", value, errno);
        }
    }
}
