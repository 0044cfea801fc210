namespace MiniDock.Tests.Integration.Harness;

/// <summary>What a test needs of the machine; where it is missing, the test is skipped and says why.</summary>
public static class Requires
{
    /// <summary>A program that PATH finds.</summary>
    public static void Program(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Assert.SkipUnless(path.Split(':').Any(directory => File.Exists(Path.Combine(directory, name))), $"needs the program {name}");
    }

    /// <summary>A v1 hierarchy of this controller.</summary>
    public static void CgroupV1(string controller) =>
        Assert.SkipUnless(HostCgroups.MountPoints().Any(point => point.EndsWith('/' + controller, StringComparison.Ordinal)),
            $"needs cgroup v1 with the controller {controller}");

    /// <summary>Pure cgroup v2.</summary>
    public static void CgroupV2() => Assert.SkipUnless(File.Exists("/sys/fs/cgroup/cgroup.controllers"), "needs cgroup v2 alone");

    /// <summary>A file that a kernel with the feature has.</summary>
    public static void KernelFile(string path, string feature) => Assert.SkipUnless(Path.Exists(path), $"needs a kernel with {feature}: no {path}");
}
