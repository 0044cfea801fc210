namespace MiniDock.Engine.Containers.Creation;

/// <summary>Paths inside a container, as text: nothing is looked up.</summary>
public static class ContainerPath
{
    /// <summary>An absolute path without empty, <c>.</c> and <c>..</c> parts.</summary>
    public static string Normalize(string path)
    {
        var kept = new List<string>();
        foreach (var part in path.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case "..":
                    if (kept.Count > 0)
                    {
                        kept.RemoveAt(kept.Count - 1);
                    }

                    break;
                default:
                    kept.Add(part);
                    break;
            }
        }

        return "/" + string.Join('/', kept);
    }

    /// <summary>What is wrong with the target of a mount, or null.</summary>
    public static string? ComplaintOfTarget(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "the path in the container must be absolute";
        }

        var normal = Normalize(path);
        return normal == "/" ? "the path in the container cannot be /"
            : normal == "/proc" || normal.StartsWith("/proc/", StringComparison.Ordinal) ? "nothing can be mounted over /proc"
            : path.Contains('\0') ? "the path has a NUL"
            : null;
    }
}
