using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>S15: a number that a dead container's process had belongs to another process now, which no command may take for it.</summary>
public sealed class RecycledPidTests(MinidockFixture fixture) : LifeTest(fixture)
{
    // The kernel gives the next number behind this one, unless somebody else on the machine was faster: then once more.
    private const string Recycle =
        "while :; do echo $(($1 - 1)) > /proc/sys/kernel/ns_last_pid; sleep 1000 & [ $! = $1 ] && break; kill $!; done; echo recycled; wait";

    [Fact]
    public void Recovery_of_a_killed_engine_leaves_the_process_alone_that_has_the_number_now()
    {
        Run("zion", "busybox", "sleep", "1000");
        var pid = KillWithMonitor("zion");
        using var bystander = Bystander(pid);

        Assert.Equal("exited 137", Inspect("zion", "{{.State.Status}} {{.State.ExitCode}}"));
        Engine.Run("stop", "zion").ShouldSucceed();
        Engine.Run("start", "zion").ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        AssertAlive(pid);
    }

    [Fact]
    public void A_state_that_still_names_the_number_reaches_nobody()
    {
        var id = Run("zion", "busybox", "sleep", "1000");
        var state = Path.Combine(Engine.Root, "containers", id, "state.json");
        var saysRunning = File.ReadAllText(state);
        var pid = KillWithMonitor("zion");
        using var bystander = Bystander(pid);
        Engine.Run("ps").ShouldSucceed();

        // As if its engine lived: what it has left says that it runs, and its lock is held.
        Directory.CreateDirectory(Path.Combine(Engine.RunRoot, "containers", id));
        File.WriteAllText(state, saysRunning);
        using (var engine = RunningCommand.Start("flock", [Path.Combine(Engine.RunRoot, "locks", id), "sh", "-c", "echo held; exec sleep 1000"]))
        {
            engine.WaitForOutput("held");
            Assert.Equal($"{pid}", Inspect("zion", "{{.State.Pid}}"));
            foreach (var command in new string[][] { ["kill", "zion"], ["kill", "-s", "TERM", "zion"], ["exec", "zion", "true"], ["pause", "zion"], ["ns", "exec", "zion", "true"] })
            {
                Assert.Contains("ESRCH", Engine.Run(command).ShouldExit(1).Stderr);
            }
        }

        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        AssertAlive(pid);
    }

    private int KillWithMonitor(string name)
    {
        var view = ContainerView.Of(Engine, name);
        var monitor = view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();
        HostCommand.Run("kill", "-9", monitor).ShouldSucceed();
        Eventually.True(() => !Directory.Exists($"/proc/{view.Pid}"), "its first process is gone");
        return view.Pid;
    }

    private static RunningCommand Bystander(int pid)
    {
        var bystander = RunningCommand.Start("sh", ["-c", Recycle, "sh", pid.ToString(CultureInfo.InvariantCulture)]);
        bystander.WaitForOutput("recycled");
        return bystander;
    }

    private static void AssertAlive(int pid) => Assert.Equal("sleep\01000\0", ProcFile.TryRead($"/proc/{pid}/cmdline"));
}
