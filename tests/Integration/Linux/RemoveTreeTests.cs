using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Tests.Integration.Linux;

public sealed class RemoveTreeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-test-").FullName;

    [Fact]
    public void A_tree_deeper_than_descriptors_reach_is_removed()
    {
        const int Depth = 3000;
        SafeFileHandle at = Files.Open(_directory, OpenFlags.Path | OpenFlags.Directory);
        for (int i = 0; i < Depth; i++)
        {
            Files.MkdirAt(at, "d", 0x1C0);
            SafeFileHandle next = Files.OpenAt(at, "d", OpenFlags.Path | OpenFlags.Directory);
            at.Dispose();
            at = next;
        }

        Files.SymlinkAt("/", at, "link");
        at.Dispose();
        Files.RemoveTree(null, Path.Combine(_directory, "d"));
        Assert.Empty(Files.ReadDirectory(_directory));
    }

    [Fact]
    public void Links_are_removed_and_not_followed()
    {
        string canary = Path.Combine(_directory, "canary");
        Directory.CreateDirectory(canary);
        File.WriteAllText(Path.Combine(canary, "file"), "alive");
        string tree = Directory.CreateDirectory(Path.Combine(_directory, "tree")).FullName;
        Files.SymlinkAt(canary, null, Path.Combine(tree, "absolute"));
        Files.SymlinkAt("../canary", null, Path.Combine(tree, "relative"));
        Files.MknodAt(null, Path.Combine(tree, "fifo"), (uint)FileKind.Fifo | 0x1A4);
        byte[] name = [0xFF, 0xFE, (byte)'x'];
        using (SafeFileHandle directory = Files.Open(tree, OpenFlags.Path | OpenFlags.Directory))
        {
            Files.MkdirAt(directory, name, 0);
            Assert.Contains(Files.ReadDirectory(tree), entry => entry.Name.AsSpan().SequenceEqual(name));
        }

        Files.RemoveTree(null, tree);
        Assert.False(Files.Exists(tree));
        Assert.Equal("alive", File.ReadAllText(Path.Combine(canary, "file")));
    }

    [Fact]
    public void A_link_in_the_place_of_the_tree_is_removed_itself()
    {
        string canary = Directory.CreateDirectory(Path.Combine(_directory, "canary")).FullName;
        string link = Path.Combine(_directory, "link");
        Files.SymlinkAt(canary, null, link);
        Files.RemoveTree(null, link);
        Assert.True(Files.Exists(canary));
        Assert.False(Files.Exists(link));
        Files.RemoveTree(null, link);
    }

    public void Dispose() => Files.RemoveTree(null, _directory);
}
