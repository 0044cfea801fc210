using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Tests.Integration.Child;

public sealed class ChildProcessTests(ChildRoot root) : IClassFixture<ChildRoot>
{
    [Fact]
    public void A_child_runs_a_program_of_its_own_root_in_namespaces_of_its_own()
    {
        ChildRun run = ChildRun.Of(
            builder =>
            {
                Operand newRoot = ChildRun.EnterRoot(builder, root.Root);
                Operand proc = builder.NewFileSystem("proc", [], MountAttributes.NoSuid | MountAttributes.NoDev | MountAttributes.NoExec);
                builder.Attach(proc, builder.OpenOrCreateInRoot(newRoot, "/proc", directory: true));
                builder.SetHostName("inside");
                builder.PivotRoot(newRoot);
                ChildRun.Shell(builder, "echo pid $$; hostname; ls -d /proc/[0-9]*; ls /proc/self/fd | wc -l; wc -l < /proc/mounts; cat /proc/net/dev | wc -l");
            },
            new CloneOptions { Namespaces = ChildRun.Container });
        Assert.Null(run.Failure);
        Assert.Equal("pid 1\ninside\n/proc/1\n4\n2\n3", run.Output);
    }

    [Fact]
    public void A_child_waits_until_it_may_go_on()
    {
        string marker = Path.Combine(root.Top, "marker");
        ChildRun run = ChildRun.Of(
            builder =>
            {
                builder.WaitForParent();
                builder.WaitForParent();
                builder.Execute(["/bin/cat"], ["cat", marker], []);
            },
            meanwhile: child =>
            {
                child.Proceed();
                File.WriteAllText(marker, "seen");
                child.Proceed();
            });
        Assert.Equal(new ChildRun(null, 0, "seen"), run);
    }

    [Fact]
    public void A_child_whose_parent_gives_up_ends_without_its_program()
    {
        var builder = new ChildProgramBuilder();
        builder.WaitForParent();
        builder.Execute(["/bin/true"], ["true"], []);
        using ChildProgram program = builder.Build();
        StartedChild child = ChildProcess.Start(program, new CloneOptions());
        using SafeFileHandle pidFd = Processes.PidfdOpen(child.Pid);
        child.Dispose();
        Assert.Equal(125, Processes.WaitId(pidFd)!.Value.ExitCode);
    }

    [Fact]
    public void A_failure_comes_back_with_its_step_and_errno()
    {
        ChildRun run = ChildRun.Of(builder =>
        {
            builder.BeginStep(7);
            builder.Open("/nowhere/at/all", OpenFlags.ReadOnly);
        });
        Assert.Equal(new ChildFailure(7, Errno.ENOENT, SystemCalls.Openat), run.Failure);
        Assert.Equal(125, run.ExitCode);
    }

    [Theory]
    [InlineData(Errno.ENOENT, "/nowhere/x", "/dev/null/x")]
    [InlineData(Errno.EACCES, "/etc/passwd")]
    [InlineData(Errno.EACCES, "/nowhere/x", "/etc/passwd", "/nowhere/y")]
    [InlineData(Errno.EACCES, "/etc")]
    public void A_program_that_cannot_be_executed_says_why(Errno expected, params string[] candidates)
    {
        ChildRun run = ChildRun.Of(builder =>
        {
            builder.BeginStep(3);
            builder.Execute(candidates, ["x"], []);
        });
        Assert.Equal((3, expected), (run.Failure!.Step, run.Failure.Errno));
    }

    [Fact]
    public void The_first_candidate_that_exists_is_executed()
    {
        ChildRun run = ChildRun.Of(b => b.Execute(["/nowhere/echo", "/etc/passwd", "/bin/echo"], ["echo", "found"], []));
        Assert.Equal(new ChildRun(null, 0, "found"), run);
    }

    [Fact]
    public void Signals_are_at_their_defaults_and_none_is_blocked()
    {
        ChildRun run = ChildRun.Of(b => ChildRun.Shell(b, "grep -E '^Sig(Blk|Ign)' /proc/self/status | grep -v 0000000000000000; true"));
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void Only_the_standard_streams_are_open_inside()
    {
        using SafeFileHandle kept = File.OpenHandle("/etc/passwd");
        ChildRun run = ChildRun.Of(b =>
        {
            b.Inherit(kept);
            b.Open("/etc", OpenFlags.Path);
            b.Execute(["/bin/ls"], ["ls", "/proc/self/fd"], []);
        });
        Assert.Equal("0\n1\n2\n3", run.Output);
    }

    [Fact]
    public void A_descriptor_comes_back_from_the_child()
    {
        string? content = null;
        ChildRun run = ChildRun.Of(
            builder =>
            {
                builder.SendDescriptor(builder.Open("/proc/self/stat", OpenFlags.ReadOnly));
                builder.WaitForParent();
                builder.Exit(5);
            },
            meanwhile: child =>
            {
                using SafeFileHandle? received = child.ReceiveDescriptor(out ChildFailure? failure);
                Assert.Null(failure);
                using var reader = new StreamReader(new FileStream(received!, FileAccess.Read, 1));
                content = reader.ReadToEnd();
                Assert.StartsWith($"{child.Pid} ", content, StringComparison.Ordinal);
                child.Proceed();
            });
        Assert.NotNull(content);
        Assert.Equal(5, run.ExitCode);
    }
}
