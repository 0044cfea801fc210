using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Images;

/// <summary>Imports that do not come to their end.</summary>
public sealed class FaultTests : ImageTest
{
    [Fact]
    public void A_full_disk_is_told_leaves_nothing_and_the_next_import_works()
    {
        Directory.CreateDirectory(Engine.Root);
        HostCommand.Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", Engine.Root).ShouldSucceed();
        HostCommand.Shell($"cd {Scratch}; mkdir t; head -c 10000000 /dev/urandom > t/large; tar -C t -cf large.tar .; rm t/large; echo x > t/x; tar -C t -cf small.tar .");
        var outcome = Engine.Run("import", Path.Combine(Scratch, "large.tar")).ShouldExit(1);
        Assert.Contains("ENOSPC", outcome.Stderr, StringComparison.Ordinal);
        Assert.Contains("hint: ", outcome.Stderr, StringComparison.Ordinal);
        Store.ShouldBeEmpty();
        Engine.Run("import", Path.Combine(Scratch, "small.tar")).ShouldSucceed();
        Store.ShouldBeWhole();
    }

    [Fact]
    public void A_killed_import_leaves_the_store_whole_for_the_next_command()
    {
        HostCommand.Shell($"cd {Scratch}; mkdir t; head -c 20000000 /dev/urandom > t/large; tar -C t -cf a.tar .; echo x > t/x; tar -C t -cf b.tar .");
        var random = new Random(7);
        for (var round = 0; round < 30; round++)
        {
            using (var running = Engine.Start("import", Path.Combine(Scratch, "a.tar"), "killed"))
            {
                // Any instant will do; which it is does not matter.
                Thread.Sleep(random.Next(0, 120));
                HostCommand.Run("kill", "-s", "KILL", $"{running.Pid}");
                running.Wait();
            }

            if (round % 10 == 9)
            {
                Engine.Run("import", Path.Combine(Scratch, "b.tar")).ShouldSucceed();
                Store.ShouldBeWhole();
                Engine.Run("image", "prune", "-af").ShouldSucceed();
                Store.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void An_interrupted_import_cleans_up_itself()
    {
        using var running = Engine.Start("import", "-", "a");
        running.Write(new string('\0', 100));
        Assert.True(Eventually.Holds(() => Store.Staging.Length == 1, TimeSpan.FromSeconds(30)));
        running.Signal("INT");
        running.Wait().ShouldExit(130);
        Store.ShouldBeEmpty();
    }

    [Fact]
    public void Parallel_commands_leave_the_store_whole()
    {
        HostCommand.Shell($"cd {Scratch}; mkdir t; for i in 0 1 2 3; do echo $i > t/x; tar -C t -cf $i.tar .; done");
        string[] allowed = ["not found", "in use"];
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, worker =>
        {
            var random = new Random(worker);
            for (var round = 0; round < 20; round++)
            {
                var name = $"image{random.Next(3)}";
                var outcome = random.Next(6) switch
                {
                    0 or 1 => Engine.Run("import", Path.Combine(Scratch, $"{random.Next(4)}.tar"), name),
                    2 => Engine.Run("tag", name, $"image{random.Next(3)}"),
                    3 => Engine.Run("rmi", name),
                    4 => Engine.Run("rmi", "-f", name),
                    _ => Engine.Run("image", "prune", "-f"),
                };
                Assert.True(outcome.ExitCode == 0 || allowed.Any(outcome.Stderr.Contains), outcome.ToString());
            }
        });
        Engine.Run("image", "prune", "-f").ShouldSucceed();
        Store.ShouldBeWhole();
    }
}
