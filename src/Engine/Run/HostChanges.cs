using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Run;

/// <summary>
/// Changes of the host that belong to no container and last until they are taken back or the host is rebooted. Each has a journal of
/// its own on the run root: it happens as a whole or not at all, and one that was cut short is taken back by whoever looks at it next.
/// </summary>
/// <param name="paths">The engine's directories.</param>
/// <param name="directory">Where the journals are, a directory for each change.</param>
/// <param name="handlers">Handlers of their steps.</param>
public sealed class HostChanges(EnginePaths paths, string directory, StepHandlers handlers)
{
    private const int OwnerOnly = 0x1c0;
    private const string CountKey = "steps";

    // Steps of no container: names on the host that derive from an id are none of theirs.
    private static readonly ContainerId Nobody = ContainerId.Parse(new string('0', 64));

    /// <summary>Keeps others from changing anything until it is disposed; takes back what was cut short.</summary>
    /// <exception cref="EngineException">Something is left behind. Exit code 1.</exception>
    public IDisposable Begin()
    {
        Files.CreateDirectories(directory, OwnerOnly);
        var held = Files.Open(Path.Combine(directory, ".lock"), OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        try
        {
            Files.Flock(held, exclusive: true);
            foreach (var name in Names().Where(n => !IsWhole(Read(n))))
            {
                TakeBack(name);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The changes that are in force, by name, with their steps.</summary>
    public IEnumerable<(string Name, IReadOnlyList<JournalEntry> Steps)> List() => Names().Select(n => (n, Read(n))).Where(c => IsWhole(c.Item2));

    /// <summary>Makes a change.</summary>
    /// <param name="name">Its name, that of a file.</param>
    /// <param name="steps">Its steps.</param>
    /// <exception cref="EngineException">It could not be made; nothing of it is left. Exit code 1.</exception>
    public void Make(string name, IReadOnlyList<PlanStep> steps)
    {
        Files.CreateDirectories(Path.Combine(directory, name), OwnerOnly);
        using (var journal = Journal(name))
        {
            try
            {
                var first = steps[0] with { Arguments = steps[0].Arguments.With(CountKey, $"{steps.Count}") };
                new PlanExecutor(handlers, journal, new StepContext(Nobody, paths)).Apply(new RunPlan([first, .. steps.Skip(1)]), PlanPhase.HostAfter);
                return;
            }
            catch (Exception e) when (e is EngineException or IOException)
            {
                TakeBack(name);
                throw new EngineException(e.Message, (e as EngineException)?.Hint ?? (e as LinuxException)?.Hint, 1, e);
            }
        }
    }

    /// <summary>Applies the steps of a change again, where others have undone a part of it.</summary>
    /// <param name="name">The change.</param>
    /// <param name="isRepeated">Which of its steps; the others only give their receipts.</param>
    public void Repeat(string name, Predicate<PlanStep> isRepeated)
    {
        var context = new StepContext(Nobody, paths);
        foreach (var (step, receipt) in Read(name))
        {
            context.Add(step, isRepeated(step) ? handlers.Of(step).Apply(step, context) : receipt!);
        }
    }

    /// <summary>Takes a change back.</summary>
    /// <exception cref="EngineException">Something is left behind; the journal stays for the next attempt. Exit code 1.</exception>
    public void TakeBack(string name)
    {
        using (var journal = Journal(name))
        {
            var failures = new PlanReversal(handlers, new StepContext(Nobody, paths)).Undo(journal, StepScope.Run);
            if (failures.Count > 0)
            {
                throw PlanReversal.Error($"take back {name}", failures, "the same command tries it again", exitCode: 1);
            }
        }

        Files.RemoveTree(null, Path.Combine(directory, name));
    }

    private static bool IsWhole(IReadOnlyList<JournalEntry> steps) =>
        steps.Count > 0 && steps[0].Step.Arguments.Find(CountKey) == $"{steps.Count}" && steps.All(s => s.Receipt is not null);

    private IEnumerable<string> Names() =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal) : [];

    private IReadOnlyList<JournalEntry> Read(string name)
    {
        using var journal = Journal(name);
        return journal.Read(StepScope.Run);
    }

    private RunJournal Journal(string name) => new(Path.Combine(directory, name), Path.Combine(directory, name));
}
