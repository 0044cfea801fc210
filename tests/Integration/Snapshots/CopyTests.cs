using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Snapshots;

public sealed class CopyTests(MinidockFixture fixture) : LifeTest(fixture)
{
    /// <summary>States of a container that files are copied into and out of.</summary>
    public static TheoryData<string> States => ["running", "paused", "created", "exited"];

    // Source, destination (below /t, which has a file f and a directory d), and what is there afterwards; no paths: the error that is told.
    private static readonly (string Source, string Destination, string Expected)[] Rules =
    [
        ("file", "new", "new"),
        ("file", "f", "f"),
        ("file", "d", "d/file"),
        ("file", "d/", "d/file"),
        ("file", "d/.", "d/file"),
        ("file", "new/", "!no such directory"),
        ("file", "new/x", "!does not exist"),
        ("file", "f/", "!not a directory"),
        ("file", "d/inner", "d/inner"),
        ("file/", "d", "!ENOTDIR"),
        ("dir", "new", "new/a new/b/c"),
        ("dir", "new/", "new/a new/b/c"),
        ("dir", "d", "d/dir/a d/dir/b/c"),
        ("dir/", "d", "d/dir/a d/dir/b/c"),
        ("dir/.", "d", "d/a d/b/c"),
        ("dir/.", "new", "new/a new/b/c"),
        ("dir", "f", "!cannot copy directory"),
        ("dir/.", "f", "!cannot copy directory"),
        ("dir", "new/x", "!does not exist"),
        ("link", "new", "new@"),
        ("link", "d", "d/link@"),
        ("dirlink", "d", "d/dirlink@"),
        ("dirlink/", "d", "d/dirlink/a d/dirlink/b/c"),
        ("dirlink/.", "d", "d/a d/b/c"),
        ("-L link", "d", "d/link"),
        ("-L dirlink", "new", "new/a new/b/c"),
        ("file", "tof", "f"),
        ("file", "tod", "d/file"),
        ("file", "tonew", "made"),
        ("dir", "tod", "d/dir/a d/dir/b/c"),
        ("gone", "new", "!ENOENT"),
        ("clash/.", "d", "!cannot overwrite non-directory"),
    ];

    [Theory]
    [InlineData("running")]
    [InlineData("created")]
    public void Dockers_rules_about_source_and_destination_hold_into_a_container(string state)
    {
        MakeSource(Scratch);
        Begin(state, "mkdir /t");
        var wrong = new List<string>();
        var number = 0;
        foreach (var (source, destination, expected) in Rules)
        {
            var place = $"c:/t/place{number++}";
            Engine.Run("cp", Empty(), place).ShouldSucceed();
            var words = source.Split(' ');
            var outcome = Engine.Run(["cp", .. words[..^1], $"{Scratch}/src/{words[^1]}", $"{place}/{destination}"]);
            Check(source, destination, expected, outcome, () => Engine.Run("cp", $"{place}/.", Fresh("seen")).ShouldSucceed(), wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(state, Inspect("c", "{{.State.Status}}"));
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("exited")]
    public void And_out_of_one(string state)
    {
        Begin(state, "");
        MakeSource(Scratch);
        Engine.Run("cp", $"{Scratch}/src", "c:/").ShouldSucceed();
        var wrong = new List<string>();
        foreach (var (source, destination, expected) in Rules)
        {
            var place = Empty();
            var words = source.Split(' ');
            var outcome = Engine.Run(["cp", .. words[..^1], $"c:/src/{words[^1]}", $"{place}/{destination}"]);
            Check(source, destination, expected, outcome, () => HostCommand.Run("cp", "-a", $"{place}/.", Fresh("seen")).ShouldSucceed(), wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(state, Inspect("c", "{{.State.Status}}"));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Archives_go_in_by_standard_input_and_out_by_standard_output(string state)
    {
        MakeSource(Scratch);
        Begin(state, "");
        Shell($"tar -C {Scratch}/src -cz dir | {Command} cp - c:/opt");
        Assert.Equal(["dir/", "dir/a", "dir/b/", "dir/b/c"], Shell($"{Command} cp c:/opt/dir - | tar -t").Lines);
        Assert.Equal(["./", "./a", "./b/", "./b/c"], Shell($"{Command} cp c:/opt/dir/. - | tar -t | sed 's,^\\([^.]\\),./\\1,'").Lines);
        Assert.Equal(["passwd"], Shell($"{Command} cp c:/etc/passwd - | tar -t").Lines);
        Assert.Contains("must be a directory", Engine.RunWithInput("", "cp", "-", "c:/etc/passwd").ShouldExit(1).Stderr);
        Assert.Contains("not a tar archive", Engine.RunWithInput("no tar at all", "cp", "-", "c:/opt").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Everything_that_a_file_system_holds_is_copied_in_and_out()
    {
        Requires.Program("setfattr");
        OddTree.Archive(Scratch);
        Begin("created", "");
        Engine.Run("cp", "-a", $"{Scratch}/odd", "c:/").ShouldSucceed();
        Engine.Run("cp", "-a", "c:/odd", $"{Scratch}/back").ShouldSucceed();
        Assert.Equal(OddTree.Describe($"{Scratch}/odd"), OddTree.Describe($"{Scratch}/back"));
        Assert.InRange(long.Parse(Shell($"stat -c %b {Scratch}/back/all-hole").Text), 0, 64);
    }

    [Fact]
    public void Volumes_are_what_the_container_sees_whether_it_runs_or_not()
    {
        var volume = Directory.CreateDirectory(Path.Combine(Scratch, "volume")).FullName;
        var fixedOne = Directory.CreateDirectory(Path.Combine(Scratch, "fixed")).FullName;
        File.WriteAllText(Path.Combine(Scratch, "f"), "f");
        File.WriteAllText(Path.Combine(fixedOne, "in"), "in");
        Engine.Run("create", "--name", "c", "--net", "none", "-v", $"{volume}:/a/b", "-v", $"{fixedOne}:/ro:ro", "busybox", "sleep", "1000").ShouldSucceed();
        for (var run = 0; run < 2; run++)
        {
            Engine.Run("cp", Path.Combine(Scratch, "f"), $"c:/a/b/f{run}").ShouldSucceed();
            Assert.True(File.Exists(Path.Combine(volume, $"f{run}")));
            Engine.Run("cp", "c:/ro/in", Path.Combine(Scratch, $"in{run}")).ShouldSucceed();
            Assert.Contains("marked read-only", Engine.Run("cp", Path.Combine(Scratch, "f"), "c:/ro/").ShouldExit(1).Stderr);
            Engine.Run("start", "c").ShouldSucceed();
        }

        Assert.Equal(["in"], Directory.GetFileSystemEntries(fixedOne).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("running")]
    [InlineData("created")]
    public void A_read_only_root_takes_nothing_but_its_volumes_do(string state)
    {
        var volume = Directory.CreateDirectory(Path.Combine(Scratch, "volume")).FullName;
        File.WriteAllText(Path.Combine(Scratch, "f"), "f");
        Engine.Run("create", "--name", "c", "--net", "none", "--read-only", "-v", $"{volume}:/mnt", "busybox", "sleep", "1000").ShouldSucceed();
        if (state == "running")
        {
            Engine.Run("start", "c").ShouldSucceed();
        }

        Assert.Contains("rootfs is marked read-only", Engine.Run("cp", Path.Combine(Scratch, "f"), "c:/etc/f").ShouldExit(1).Stderr);
        Engine.Run("cp", Path.Combine(Scratch, "f"), "c:/mnt/").ShouldSucceed();
        Assert.Equal("f", File.ReadAllText(Path.Combine(volume, "f")));
    }

    [Fact]
    public void Owners_are_kept_inside_and_outside_only_where_asked()
    {
        var file = Path.Combine(Scratch, "f");
        File.WriteAllText(file, "f");
        Shell($"chown 12:34 {file}; chmod 6755 {file}");
        Engine.Run("create", "--name", "c", "--net", "none", "-u", "7:8", "busybox", "true").ShouldSucceed();
        Engine.Run("cp", file, "c:/plain").ShouldSucceed();
        Engine.Run("cp", "-a", file, "c:/users").ShouldSucceed();
        Engine.Run("cp", "c:/plain", $"{Scratch}/plain").ShouldSucceed();
        Engine.Run("cp", "-a", "c:/plain", $"{Scratch}/kept").ShouldSucceed();
        Engine.Run("cp", "-a", "c:/users", $"{Scratch}/users").ShouldSucceed();

        // A file that becomes root's must not stay one that makes everybody root.
        Assert.Equal(["755 0 0", "6755 12 34", "6755 7 8"], Shell($"stat -c '%a %u %g' {Scratch}/plain {Scratch}/kept {Scratch}/users").Lines);
    }

    [Fact]
    public void Ids_of_a_user_namespace_are_those_inside()
    {
        var file = Path.Combine(Scratch, "f");
        File.WriteAllText(file, "f");
        Shell($"chown 5:6 {file}");
        Run("c", "--uidmap", "0:200000:65536", "--gidmap", "0:300000:65536", "busybox", "sleep", "1000");
        Engine.Run("cp", file, "c:/f").ShouldSucceed();
        Assert.Equal("5 6", Engine.Run("exec", "c", "stat", "-c", "%u %g", "/f").ShouldSucceed().Text);
        Engine.Run("cp", "-a", "c:/f", $"{Scratch}/mapped").ShouldSucceed();
        Engine.Run("stop", "-t", "0", "c").ShouldSucceed();
        Engine.Run("cp", "-a", "c:/f", $"{Scratch}/mapped-too").ShouldSucceed();
        Assert.Equal(["5 6", "5 6"], Shell($"stat -c '%u %g' {Scratch}/mapped {Scratch}/mapped-too").Lines);
    }

    [Fact]
    public void A_container_that_is_started_while_files_are_copied_waits_for_that()
    {
        Engine.Run("create", "--name", "c", "--net", "none", "busybox", "cat", "/opt/f").ShouldSucceed();
        using var copy = Engine.Start("cp", "-", "c:/opt");
        Eventually.True(() => Directory.EnumerateFiles(Path.Combine(Engine.RunRoot, "locks")).Any(), "the copy holds the container");
        using var start = Engine.Start("start", "-a", "c");
        copy.Write(Shell($"cd {Scratch} && printf waited > f && tar -c f").Stdout);
        copy.CloseStdin();
        copy.Wait().ShouldSucceed();
        Assert.Equal("waited", start.Wait().ShouldSucceed().Stdout);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_with_dockers_words()
    {
        Begin("created", "");
        Assert.Contains("must specify at least one container source", Engine.Run("cp", "/a", "/b").ShouldExit(1).Stderr);
        Assert.Contains("copying between containers is not supported", Engine.Run("cp", "c:/a", "c:/b").ShouldExit(1).Stderr);
        Assert.Contains("could not find the file /nope in container c", Engine.Run("cp", "c:/nope", Scratch).ShouldExit(1).Stderr);
        Assert.Contains("no such container", Engine.Run("cp", "nobody:/etc", Scratch).ShouldExit(1).Stderr);
        Assert.Equal("", Engine.Run("cp", "c:/etc/passwd", Scratch).ShouldSucceed().Stderr);
        Assert.Matches("^Successfully copied [0-9.]+kB to ", Engine.Run("cp", "-q=false", "c:/etc/passwd", Scratch).ShouldSucceed().Stderr);
    }

    private string Command => $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot}";

    private static Outcome Shell(string line) => HostCommand.Shell(line);

    private static void MakeSource(string scratch) => Shell($$"""
        rm -rf {{scratch}}/src; mkdir -p {{scratch}}/src/dir/b {{scratch}}/src/clash/file && cd {{scratch}}/src
        printf file > file; printf a > dir/a; printf c > dir/b/c; ln -s file link; ln -s dir dirlink; : > clash/file/x
        """);

    private void Begin(string state, string script)
    {
        string[] command = state is "running" or "paused" ? ["sh", "-c", $"{script}\necho ready; exec sleep 1000"] : ["sh", "-c", script.Length > 0 ? script : "true"];
        switch (state)
        {
            case "created":
                Engine.Run(["create", "--name", "c", "--net", "none", "busybox", .. command]).ShouldSucceed();
                if (script.Length > 0)
                {
                    var empty = Directory.CreateDirectory(Fresh("made")).FullName;
                    Engine.Run("cp", empty, "c:/t").ShouldSucceed();
                }

                break;
            case "exited":
                Engine.Run(["run", "--name", "c", "--net", "none", "busybox", .. command]).ShouldSucceed();
                break;
            default:
                Run("c", ["busybox", .. command]);
                Eventually.True(() => Engine.Run("logs", "c").Text == "ready", "it runs");
                if (state == "paused")
                {
                    Engine.Run("pause", "c").ShouldSucceed();
                }

                break;
        }
    }

    private string Fresh(string name)
    {
        var path = Path.Combine(Scratch, name);
        Shell($"rm -rf {path}; mkdir {path}");
        return path;
    }

    // The place where copies go to: a file, a directory with a file where the copy has a directory, and links to them and to nothing.
    private string Empty()
    {
        var place = Fresh("place");
        Shell($"cd {place}; printf old > f; mkdir d; printf x > d/file; ln -s f tof; ln -s d tod; ln -s made tonew");
        return place;
    }

    private void Check(string source, string destination, string expected, Outcome outcome, Action fetch, List<string> wrong)
    {
        var what = $"{source} -> {destination}";
        if (expected[0] == '!')
        {
            if (outcome.ExitCode != 1 || !outcome.Stderr.Contains(expected[1..], StringComparison.Ordinal))
            {
                wrong.Add($"{what}: not the error {expected[1..]}: {outcome}");
            }

            return;
        }

        if (outcome.ExitCode != 0)
        {
            wrong.Add($"{what}: {outcome}");
            return;
        }

        fetch();
        foreach (var path in expected.Split(' '))
        {
            var isLink = path.EndsWith('@');
            var file = new FileInfo(Path.Combine(Scratch, "seen", path.TrimEnd('@')));
            var content = path.TrimEnd('@').EndsWith("/a", StringComparison.Ordinal) ? "a" : path.EndsWith("/c", StringComparison.Ordinal) ? "c" : "file";
            if (isLink != (file.LinkTarget is not null) || (!isLink && (!file.Exists || File.ReadAllText(file.FullName) != content)))
            {
                wrong.Add($"{what}: {path} is not there as it should be: {HostCommand.Run("find", Path.Combine(Scratch, "seen"))}");
            }
        }
    }
}
