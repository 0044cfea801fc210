using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Tests.Integration.Child;

public sealed class MountTargetRaceTests(ChildRoot root) : IClassFixture<ChildRoot>
{
    private const int Prepare = 1;
    private const int Attach = 2;
    private const int Check = 3;

    private static readonly CloneOptions OwnMounts = new() { Namespaces = NamespaceTypes.Mount };

    [Fact]
    public void A_directory_that_becomes_a_link_ten_thousand_times_lets_no_mount_out_of_the_root()
    {
        Directory.CreateDirectory(root.Inside("/place"));
        Directory.CreateDirectory(root.Inside(root.Canary));
        File.CreateSymbolicLink(root.Inside("/link"), root.Canary);
        var swaps = 0;
        var done = false;
        var swapper = new Thread(() =>
        {
            using var directory = Files.Open(root.Root, OpenFlags.Path | OpenFlags.Directory);
            while (!Volatile.Read(ref done))
            {
                Files.RenameAt2(directory, "place", directory, "link", RenameFlags.Exchange);
                swaps++;
            }
        });
        swapper.Start();
        try
        {
            for (var n = 0; n < 100 || Volatile.Read(ref swaps) < 10_000; n++)
            {
                // Whatever the race does, the only failure may be that the place could not be used.
                var failure = ChildRun.Of(builder => Mount(builder, 20, (b, r) => b.OpenOrCreateInRoot(r, "/place", directory: true)), OwnMounts).Failure;
                Assert.True(failure is null or { Step: Attach }, $"{failure}");
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            swapper.Join();
        }

        Assert.Equal("untouched", File.ReadAllText(Path.Combine(root.Canary, "file")));
    }

    [Fact]
    public void The_same_check_finds_a_mount_that_followed_the_link()
    {
        File.CreateSymbolicLink(root.Inside("/plain-link"), root.Canary);
        var failure = ChildRun.Of(builder => Mount(builder, 1, (b, _) => b.Open(root.Inside("/plain-link"), OpenFlags.Path)), OwnMounts).Failure;
        Assert.Equal((Check, Errno.ENODEV), (failure!.Step, failure.Errno));
    }

    private void Mount(ChildProgramBuilder builder, int times, Func<ChildProgramBuilder, Operand, Operand> open)
    {
        var magic = (uint)Files.StatFs(root.Canary).Magic;
        builder.BeginStep(Prepare);
        Operand newRoot = ChildRun.EnterRoot(builder, root.Root);
        for (var n = 0; n < times; n++)
        {
            builder.BeginStep(Attach);
            Operand place = open(builder, newRoot);
            Operand mount = builder.NewFileSystem("tmpfs", [("size", "4k")], MountAttributes.None);
            builder.Attach(mount, place);
            builder.Close(place);
            builder.Close(mount);
            builder.BeginStep(Check);
            Operand canary = builder.Open(root.Canary, OpenFlags.Path);
            builder.RequireFileSystem(canary, magic);
            builder.Close(canary);
        }

        builder.Exit(0);
    }
}
