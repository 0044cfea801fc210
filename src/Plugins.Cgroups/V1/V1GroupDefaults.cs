using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.V1;

/// <summary>What a new group of version 1 needs before it can be used.</summary>
internal static class V1GroupDefaults
{
    /// <summary>Gives each group of a path that has none its parent's processors and nodes: a new cpuset is empty and takes no process (cpusets.rst).</summary>
    /// <remarks>Also the parents that are there already: another engine process may have made them this very moment.</remarks>
    public static void InheritCpuset(string mount, string path)
    {
        foreach (var file in (ReadOnlySpan<string>)["cpuset.cpus", "cpuset.mems"])
        {
            var inherited = CgroupFiles.TryRead($"{mount}/{file}") ?? "";
            var directory = mount;
            foreach (var name in path.Split('/'))
            {
                directory = $"{directory}/{name}";
                var own = CgroupFiles.TryRead($"{directory}/{file}");
                if (own is { Length: 0 } && CgroupFiles.TryWrite($"{directory}/{file}", inherited) is not Errno.Success and var errno)
                {
                    throw GroupErrors.Write($"{directory}/{file}", inherited, errno);
                }

                inherited = own is { Length: > 0 } ? own : inherited;
            }
        }
    }

    /// <summary>Makes a memory limit hold for the groups below it too. Always so from Linux 5.11 on; before, it must be written while the group has
    /// no child (memory.rst, "Hierarchy support"). Does nothing in other hierarchies.</summary>
    public static void LimitWholeTree(string directory)
    {
        if (CgroupFiles.TryRead(directory + "/memory.use_hierarchy") == "0")
        {
            _ = CgroupFiles.TryWrite(directory + "/memory.use_hierarchy", "1");
        }
    }
}
