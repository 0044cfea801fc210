using MiniDock.Abstractions.Providers;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Containers that multiply their processes and groups are removed whole, every time (SECURITY C5).</summary>
public sealed class ForkBombTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private const string Bomb = "f() { f & f & exec sleep 1000; }; f 2> /dev/null & echo armed; exec sleep 1000";

    [Fact]
    public void A_hundred_fork_bombs_with_nested_groups_leave_nothing()
    {
        var parent = "minidock-" + new EnginePaths(Engine.Root, Engine.RunRoot).InstanceTag;
        var parents = HostCgroups.MountPoints().Select(point => Path.Combine(point, parent)).ToList();
        for (var i = 0; i < 100; i++)
        {
            using var run = Engine.Start("run", "--name", "bomb", "--net", "none", "--pids-limit", "20", "busybox", "sh", "-c", Bomb);
            run.WaitForOutput("armed");
            foreach (var group in parents.Where(Directory.Exists).SelectMany(Directory.GetDirectories))
            {
                Directory.CreateDirectory(Path.Combine(group, "nested/deeper"));
            }

            Engine.Run("rm", "-f", "bomb").ShouldSucceed();
            run.Wait().ShouldExit(137);
            Assert.DoesNotContain(parents, Directory.Exists);
        }
    }
}
