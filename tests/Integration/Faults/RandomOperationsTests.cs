using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Many commands on few containers at once (SECURITY C8).</summary>
public sealed partial class RandomOperationsTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int Workers = 8;
    private const int OperationsPerWorker = 125;
    private static readonly string[] Names = ["zion", "moon", "mars"];

    private static readonly Func<string, string, string[]>[] Operations =
    [
        (name, _) => ["run", "-d", "--name", name, "--net", "bridge", "--mem", "50M", "busybox", "sleep", "1000"],
        (name, _) => ["run", "--rm", "--name", name, "--net", "none", "busybox", "true"],
        (name, _) => ["create", "--name", name, "--net", "bridge", "busybox", "sleep", "1000"],
        (name, _) => ["start", name],
        (name, _) => ["stop", "-t", "0", name],
        (name, _) => ["kill", name],
        (name, _) => ["restart", "-t", "0", name],
        (name, other) => ["rename", name, other],
        (name, _) => ["pause", name],
        (name, _) => ["unpause", name],
        (name, _) => ["update", "--mem", "60M", name],
        (name, _) => ["exec", name, "true"],
        (name, _) => ["rm", "-f", name],
    ];

    [Fact]
    public async Task A_thousand_random_operations_by_eight_at_once_all_end_and_leave_nothing()
    {
        var seed = new Seed();
        var strange = new ConcurrentQueue<string>();
        var workers = Enumerable.Range(0, Workers)
            .Select(worker => Task.Factory.StartNew(() => Work(seed.Numbers(worker), strange), TaskCreationOptions.LongRunning))
            .ToArray();
        var all = Task.WhenAll(workers);

        // Whoever waits for something in a paused container waits rightly: now and then, all are let go.
        while (await Task.WhenAny(all, Task.Delay(500, TestContext.Current.CancellationToken)) != all)
        {
            Engine.Run(["unpause", .. Names]);
        }

        await all;

        Assert.True(strange.IsEmpty, $"{seed}:\n{string.Join('\n', strange)}");
    }

    private void Work(Random random, ConcurrentQueue<string> strange)
    {
        for (var i = 0; i < OperationsPerWorker; i++)
        {
            var arguments = random.GetItems(Operations, 1)[0](random.GetItems(Names, 1)[0], random.GetItems(Names, 1)[0]);
            using var command = Engine.Start(arguments);
            command.CloseStdin();
            var outcome = command.Wait();
            if (!IsExpected(outcome))
            {
                strange.Enqueue(outcome.ToString());
            }
        }
    }

    // What a command says when another has been faster.
    private static bool IsExpected(Outcome outcome) =>
        outcome.ExitCode is 0 or 1 or 125 or 137 && outcome.Stderr.Split('\n').All(line => line.Length == 0 || line.StartsWith("hint: ", StringComparison.Ordinal) || Beaten().IsMatch(line));

    [GeneratedRegex(@"^minidock: container (name )?\w+: (ENOENT \((no such container|it was removed)|EEXIST \(in use|ESRCH \(is not running|EINVAL \(is not paused|EBUSY \((is paused|is already paused|is restarting|is running)\))")]
    private static partial Regex Beaten();
}
