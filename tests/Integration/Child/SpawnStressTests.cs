using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Child;

public sealed class SpawnStressTests
{
    // Long enough for a machine that does ten other things; a hang is what it is for.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public void Ten_thousand_children_start_while_other_threads_allocate_and_collect()
    {
        using var running = RunningCommand.Start(Repository.PathOf("eng/spawn-stress"), ["10000"]);
        Outcome outcome = running.Wait(Patience).ShouldSucceed();
        Assert.StartsWith("10000 of 10000 children right", outcome.Stdout, StringComparison.Ordinal);
    }
}
