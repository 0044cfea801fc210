using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Live;

/// <summary>Every propagation, given at the start (<c>-v</c>) and to a running container, as /proc/PID/mountinfo shows it from outside, and in both directions
/// (CAPABILITIES rows 35 and 36).</summary>
public sealed class PropagationTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Theory]
    [InlineData("shared", "shared", "shared")]
    [InlineData("rshared", "shared", "shared")]
    [InlineData("slave", "master", "master")]
    [InlineData("rslave", "master", "master")]
    [InlineData("private", "", "master")]
    [InlineData("rprivate", "", "")]
    [InlineData("unbindable", "unbindable", "master")]
    [InlineData("runbindable", "unbindable", "unbindable")]
    public void Mounts_spread_as_was_asked_and_no_further(string mode, string expected, string expectedBelow)
    {
        using var source = new HostMount(Path.Combine(Scratch, "shared"), Propagation.Shared);
        using var below = new HostMount(Path.Combine(source.Path, "below"), Propagation.Shared);
        foreach (var name in (string[])["late", "start", "live"])
        {
            Directory.CreateDirectory(Path.Combine(source.Path, name));
        }

        Run("zion", "-v", $"{source.Path}:/start:{mode}", "busybox", "sleep", "1000");
        Engine.Run("mount", "add", source.Path, $"zion:/live:{mode}").ShouldSucceed();

        // From the host into the container.
        using var late = new HostMount(Path.Combine(source.Path, "late"), Propagation.Private);
        var zion = ContainerView.Of(Engine, "zion");
        var mounts = MountTable.Read(zion.Pid).ToLookup(m => m.Target);
        foreach (var (name, isLive) in (ReadOnlySpan<(string, bool)>)[("start", false), ("live", true)])
        {
            Assert.Equal(Tag(expected, source), mounts[$"/{name}"].Single().Propagation);
            Assert.Equal(Tag(expectedBelow, below), mounts[$"/{name}/below"].Single().Propagation);
            Assert.Equal(expected is "shared" or "master", mounts.Contains($"/{name}/late"));

            // From the container to the host.
            zion.Enter("-m", "/bin/mount", "-t", "tmpfs", "inner", $"/{name}/{name}").ShouldSucceed();
            Assert.Equal(expected == "shared", MountTable.Find(Path.Combine(source.Path, name)) is not null);
            Assert.Equal(expected != "unbindable", zion.Enter("-m", "/bin/mount", "-o", "bind", $"/{name}", "/mnt").ExitCode == 0);

            // On a peer of the source the next one would spread over all of them.
            zion.Enter("-m", "/bin/umount", "/mnt");
        }

        Assert.Equal(mode, Inspect("zion", "{{(index .Mounts 1).Propagation}}"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
    }

    [Fact]
    public void Mounts_cannot_spread_from_a_place_that_is_on_a_private_mount()
    {
        using var source = new HostMount(Path.Combine(Scratch, "private"), Propagation.Private);
        foreach (var mode in (string[])["shared", "rshared", "slave", "rslave"])
        {
            Assert.Contains($"bind {source.Path}/x: EINVAL (the mount that it is on, {source.Path}, is not shared", Engine.Run("run", "--rm", "-v", $"{source.Path}/x:/x:{mode}", "busybox").ShouldExit(125).Stderr);
        }

        Assert.False(Directory.Exists(Path.Combine(source.Path, "x")));
    }

    [Fact]
    public void One_read_only_bind_in_two_containers_is_read_by_both_and_written_by_none_of_them()
    {
        using var source = new HostMount(Path.Combine(Scratch, "both"));
        using var below = new HostMount(Path.Combine(source.Path, "below"));
        File.WriteAllText(Path.Combine(below.Path, "file"), "for both");
        foreach (var name in (string[])["zion", "moon"])
        {
            Run(name, "-v", $"{source.Path}:/data:ro", "busybox", "sleep", "1000");
            Assert.Equal("for both", Engine.Run("exec", name, "cat", "/data/below/file").ShouldSucceed().Text);
            Assert.Contains("Read-only file system", Engine.Run("exec", name, "touch", "/data/file").ShouldExit(1).Stderr);
            Assert.Contains("Read-only file system", Engine.Run("exec", name, "touch", "/data/below/file").ShouldExit(1).Stderr);
        }
    }

    // The group of peers is the host's own.
    private static string Tag(string kind, HostMount host) =>
        kind is "shared" or "master" ? MountTable.Find(host.Path)!.Propagation.Replace("shared", kind, StringComparison.Ordinal) : kind;
}
