namespace MiniDock.Tests.Integration.Harness;

/// <summary>The mount table and the loop devices of the host.</summary>
public static class HostMounts
{
    /// <summary>A line for each mount: root, mount point, options, type and source. Without ids, which change when a mount is made again.</summary>
    public static IEnumerable<string> Lines() => Lines("self");

    /// <summary>The same for the mount namespace of a process.</summary>
    public static IEnumerable<string> Lines(string process) =>
        from line in File.ReadAllLines($"/proc/{process}/mountinfo")
        let halves = line.Split(" - ")
        let fields = halves[0].Split(' ')
        select $"{fields[4]} root={fields[3]} {fields[5]} {halves[1]}";

    /// <summary>Mount points at or under a directory, in the order they were mounted.</summary>
    public static IEnumerable<string> PointsUnder(string directory) =>
        from line in File.ReadAllLines("/proc/self/mountinfo")
        let point = line.Split(' ')[4]
        where point == directory || point.StartsWith(directory + "/", StringComparison.Ordinal)
        select point;

    /// <summary>Loop devices whose file lies under a directory.</summary>
    public static IEnumerable<string> LoopDevices(string directory)
    {
        foreach (var device in Directory.EnumerateDirectories("/sys/block", "loop*"))
        {
            var file = ProcFile.TryRead(Path.Combine(device, "loop/backing_file"));
            if (file.Contains(directory + "/", StringComparison.Ordinal))
            {
                yield return $"{Path.GetFileName(device)} {file.Trim()}";
            }
        }
    }
}
