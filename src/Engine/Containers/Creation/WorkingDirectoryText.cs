namespace MiniDock.Engine.Containers.Creation;

/// <summary>The working directory of a container.</summary>
public static class WorkingDirectoryText
{
    /// <summary>What is wrong with it, or null.</summary>
    /// <remarks>A path through /proc/PID/fd, cwd or root leads to what the engine has open on the host (CVE-2024-21626).</remarks>
    public static string? Complaint(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "it must be an absolute path";
        }

        var parts = ContainerPath.Normalize(path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var leaves = parts is ["proc", _, "fd" or "cwd" or "root" or "task" or "map_files" or "ns", ..] or ["dev", "fd" or "stdin" or "stdout" or "stderr", ..];
        return leaves ? "it leads to open files of a process" : null;
    }
}
