using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Snapshots;

/// <summary>S4: whatever a container holds and does, copying in and out changes and shows nothing of the host.</summary>
public sealed class CopyAttackTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int Swaps = 10_000;

    [Theory]
    [InlineData("running")]
    [InlineData("created")]
    public void Links_to_a_canary_of_the_host_lead_to_the_containers_own_files(string state)
    {
        var canary = MakeCanary();
        MakeContainer(state);
        HostCommand.Shell($$"""
            rm -rf {{Scratch}}/in; mkdir {{Scratch}}/in; cd {{Scratch}}/in
            ln -s {{canary}} directory; ln -s {{canary}}/file file; ln -s ../../../../../../../../../..{{canary}} up; ln -s /proc/1/root{{canary}} magic
            ln -s /proc/self/fd/1 descriptor; ln -s /proc/self/root root
            """);
        Engine.Run("cp", $"{Scratch}/in", "c:/links").ShouldSucceed();

        // The container has files of its own at the canary's path: those are what the links mean.
        HostCommand.Shell($$"""
            printf own > {{Scratch}}/own; printf evil > {{Scratch}}/evil; rm -rf {{Scratch}}/out; mkdir {{Scratch}}/out
            tar -C {{Scratch}} -cP --transform 's,^own,{{canary}}/file,' own | {{Minidock.Binary}} --root {{Engine.Root}} --run-root {{Engine.RunRoot}} cp - c:/
            """);
        string[] links = ["directory", "file", "up", "magic", "descriptor", "root"];
        foreach (var link in links)
        {
            Engine.Run("cp", "-L", $"c:/links/{link}", $"{Scratch}/out/{link}");
            Engine.Run("cp", $"c:/links/{link}/.", $"{Scratch}/out/{link}-in");
            Engine.Run("cp", $"c:/links/{link}/file", $"{Scratch}/out/{link}-file");
        }

        Assert.Equal("own own own own own own own", string.Join(' ', HostCommand.Shell($"find {Scratch}/out -type f -name file -o -type f -name '*-file' | sort | xargs -n1 sh -c 'cat $0; echo'").Lines));
        foreach (var link in links)
        {
            Engine.Run("cp", Path.Combine(Scratch, "evil"), $"c:/links/{link}/file");
            Engine.Run("cp", Path.Combine(Scratch, "evil"), $"c:/links/{link}/");
            Engine.Run("cp", Path.Combine(Scratch, "evil"), $"c:/links/{link}");
            ShouldBeWhole(canary);
        }

        Engine.Run("cp", $"c:{canary}/file", $"{Scratch}/out/last").ShouldSucceed();
        Assert.Equal("evil", File.ReadAllText($"{Scratch}/out/last"));
    }

    [Fact]
    public void A_directory_that_becomes_a_link_ten_thousand_times_lets_no_copy_out_of_the_container()
    {
        var canary = MakeCanary();
        MakeContainer("running");
        var pid = Inspect("c", "{{.State.Pid}}");
        HostCommand.Shell($"cd /proc/{pid}/root && mkdir -p race/place/sub && ln -s ../../../../../../../../../..{canary} race/link && echo own > race/place/file");
        HostCommand.Shell($"mkdir -p {Scratch}/tree/sub/deep && echo evil > {Scratch}/tree/sub/deep/file && echo evil > {Scratch}/tree/file");
        var count = SwapWhile($"/proc/{pid}/root/race", "place", "link", done =>
        {
            for (var n = 0; n < 40 || !done(); n++)
            {
                var seen = Path.Combine(Scratch, $"seen{n}");
                Engine.Run("cp", $"{Scratch}/tree/.", "c:/race/place");
                Engine.Run("cp", $"{Scratch}/tree/file", "c:/race/place/file");
                Engine.Run("cp", "c:/race/place/.", seen);
                Engine.Run("cp", "c:/race", seen + "x");
            }
        });
        Assert.InRange(count, Swaps, int.MaxValue);
        ShouldBeWhole(canary);
        Assert.DoesNotContain("secret", HostCommand.Shell($"find {Scratch}/seen* -type f -exec cat {{}} +").Stdout);
    }

    [Fact]
    public void A_destination_on_the_host_that_the_container_can_change_lets_no_copy_out_of_it()
    {
        var canary = MakeCanary();
        var shared = Directory.CreateDirectory(Path.Combine(Scratch, "shared")).FullName;
        Run("c", "-v", $"{shared}:/shared", "busybox", "sh", "-c", "mkdir -p /tree/place/sub; echo evil > /tree/place/file; echo evil > /tree/place/sub/file; echo ready; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "c").Text == "ready", "it runs");
        Directory.CreateDirectory(Path.Combine(shared, "place"));
        File.CreateSymbolicLink(Path.Combine(shared, "link"), canary);
        var count = SwapWhile(shared, "place", "link", done =>
        {
            for (var n = 0; n < 40 || !done(); n++)
            {
                // Sometimes the name is a directory, and sometimes not: then it is refused.
                Engine.Run("cp", "c:/tree/.", shared);
            }
        });
        Assert.InRange(count, Swaps, int.MaxValue);
        ShouldBeWhole(canary);
    }

    [Fact]
    public void An_archive_on_standard_input_stays_in_the_container_and_brings_nothing_that_overlayfs_obeys()
    {
        var canary = MakeCanary();
        MakeContainer("created");
        HostCommand.Shell($$"""
            mkdir -p {{Scratch}}/a/sub && cd {{Scratch}}/a && echo evil > file && echo evil > sub/file
            setfattr -n trusted.overlay.redirect -v /etc sub; setfattr -n trusted.overlay.opaque -v y sub; setfattr -n user.fine -v y sub
            tar --xattrs --xattrs-include='*' -cf {{Scratch}}/1.tar sub
            tar -cPf {{Scratch}}/2.tar --transform 's,^file,../../../../../../../../../..{{canary}}/file,' file
            tar -cPf {{Scratch}}/3.tar --transform 's,^file,{{canary}}/new,' file
            ln -s {{canary}} way && tar -cf {{Scratch}}/4.tar way && tar -rf {{Scratch}}/4.tar --transform 's,^file,way/file,' file
            """);
        for (var n = 1; n <= 4; n++)
        {
            HostCommand.Shell($"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} cp - c:/opt < {Scratch}/{n}.tar || true");
            ShouldBeWhole(canary);
        }

        var upper = Directory.GetDirectories(Path.Combine(Engine.Root, "containers")).Select(d => Path.Combine(d, "upper")).Single();
        Assert.True(File.Exists(Path.Combine(upper, "opt/sub/file")));
        var attributes = HostCommand.Run("getfattr", "-d", "-m", "-", Path.Combine(upper, "opt/sub")).Stdout;
        Assert.Contains("user.fine", attributes);
        Assert.DoesNotContain("redirect", attributes);
    }

    [Fact]
    public void Device_nodes_and_set_user_id_files_of_a_container_give_nobody_rights_on_the_host()
    {
        Run("c", "--cap-add", "MKNOD", "busybox", "sh", "-c", "mknod -m 666 /disk b 8 0; cp /bin/busybox /s; chmod 6755 /s; echo ready; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "c").Text == "ready", "it runs");
        Engine.Run("cp", "c:/s", $"{Scratch}/s").ShouldSucceed();
        Engine.Run("cp", "c:/disk", $"{Scratch}/disk").ShouldSucceed();
        Assert.Equal(["755", "600"], HostCommand.Shell($"stat -c %a {Scratch}/s {Scratch}/disk").Lines);
    }

    [Theory]
    [InlineData("cp", "c:/etc", "OUT")]
    [InlineData("cp", "IN", "c:/opt")]
    [InlineData("diff", "c")]
    [InlineData("export", "-o", "OUT", "c")]
    [InlineData("commit", "c")]
    public void Nothing_of_the_container_is_executed_or_loaded(params string[] command)
    {
        Requires.Program("strace");
        MakeContainer("running");
        HostCommand.Shell($"rm -rf {Scratch}/OUT; mkdir -p {Scratch}/IN; echo x > {Scratch}/IN/x");
        var trace = Path.Combine(Scratch, "trace");
        string[] arguments = [.. command.Select(word => word is "IN" or "OUT" ? Path.Combine(Scratch, word) : word)];
        HostCommand.Run(
            "strace", ["-f", "-o", trace, "-e", "trace=execve,execveat,chroot,pivot_root,setns,fchdir,chdir", Minidock.Binary, "--root", Engine.Root, "--run-root", Engine.RunRoot, .. arguments])
            .ShouldSucceed();

        // One program, and no thread that ever has the container's root: no library can be looked for there.
        var calls = File.ReadAllLines(trace).Where(line => !line.Contains("syscall_0x", StringComparison.Ordinal) && line.Contains('(', StringComparison.Ordinal)).ToList();
        Assert.Contains("execve(", Assert.Single(calls));
        Engine.Run("image", "prune", "-f").ShouldSucceed();
    }

    private void MakeContainer(string state)
    {
        if (state == "running")
        {
            Run("c", "busybox", "sleep", "1000");
        }
        else
        {
            Engine.Run("create", "--name", "c", "--net", "none", "busybox", "true").ShouldSucceed();
        }
    }

    private string MakeCanary()
    {
        var canary = Path.Combine(Scratch, "canary");
        HostCommand.Shell($"rm -rf {canary}; mkdir -m 700 {canary}; printf secret > {canary}/file");
        return canary;
    }

    private static void ShouldBeWhole(string canary)
    {
        Assert.Equal([Path.Combine(canary, "file")], Directory.GetFileSystemEntries(canary));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(canary, "file")));
        Assert.Equal("700 0 0", HostCommand.Run("stat", "-c", "%a %u %g", canary).Text);
    }

    // Exchanges the two names until the action ends, which it may once there were enough exchanges.
    private static int SwapWhile(string directory, string one, string other, Action<Func<bool>> action)
    {
        var (count, over) = (0, false);
        var swapper = new Thread(() =>
        {
            using var parent = Files.Open(directory, OpenFlags.Path | OpenFlags.Directory);
            while (!Volatile.Read(ref over))
            {
                if (Files.TryRenameAt2(parent, one, parent, other, RenameFlags.Exchange) == Errno.Success)
                {
                    Interlocked.Increment(ref count);
                }
            }
        });
        swapper.Start();
        try
        {
            action(() => Volatile.Read(ref count) >= Swaps);
        }
        finally
        {
            Volatile.Write(ref over, true);
            swapper.Join();
        }

        return count;
    }
}
