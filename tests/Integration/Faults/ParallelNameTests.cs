using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Several commands want one name at once (SECURITY C8).</summary>
public sealed class ParallelNameTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Of_eight_runs_with_one_name_one_wins_and_the_rest_say_so()
    {
        var runs = Enumerable.Range(0, 8).Select(_ => Engine.Start("run", "--rm", "-i", "--name", "only", "--net", "none", "busybox", "cat")).ToList();
        try
        {
            Eventually.True(() => runs.Count(r => r.HasExited) == 7, "seven of eight are refused");
            foreach (var refused in runs.Where(r => r.HasExited))
            {
                Assert.Contains("only", refused.Wait().ShouldExit(125).Stderr);
            }

            var winner = runs.Single(r => !r.HasExited);
            winner.CloseStdin();
            winner.Wait().ShouldSucceed();
        }
        finally
        {
            runs.ForEach(r => r.Dispose());
        }
    }
}
