using System.Globalization;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>What the kernel counts for the whole machine.</summary>
/// <param name="Groups">Control groups by controller, those among them that are removed but still held by something.</param>
/// <param name="DentriesInUse">Directory entries that something holds: those of mounts and groups that were leaked among them.</param>
internal sealed record Kernel(IReadOnlyDictionary<string, int> Groups, long DentriesInUse)
{
    /// <summary>Reads the counts.</summary>
    public static Kernel Read()
    {
        var dentries = File.ReadAllText("/proc/sys/fs/dentry-state").Split('\t').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        var groups = File.ReadAllLines("/proc/cgroups").Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
            .ToDictionary(f => f[0], f => int.Parse(f[2], CultureInfo.InvariantCulture));
        return new Kernel(groups, dentries[0] - dentries[1]);
    }

    /// <summary>Fails the test where a count has grown as it would with one more for every second cycle.</summary>
    public void AssertNotGrown(int cycles)
    {
        var now = Read();
        foreach (var (controller, count) in now.Groups)
        {
            Assert.True(count < Groups[controller] + (cycles / 2), $"{controller}: {count} groups, {Groups[controller]} before {cycles} cycles");
        }

        Assert.True(now.DentriesInUse < DentriesInUse + (10L * cycles), $"{now.DentriesInUse} dentries in use, {DentriesInUse} before {cycles} cycles");
    }
}
