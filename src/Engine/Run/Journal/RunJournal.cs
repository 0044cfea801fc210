using System.Buffers;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Journal;

/// <summary>The write-ahead journal of a container: a file on the run root for steps of the run, one in the persistent
/// directory for steps that last as long as the container.</summary>
/// <remarks>Each record is one write(2) of one line, so that a crash loses at most the record that was being written.</remarks>
public sealed class RunJournal : IDisposable
{
    /// <summary>Name of the file, in both directories.</summary>
    public const string FileName = "journal";

    private readonly string _runDirectory;
    private readonly string _stateDirectory;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private SafeFileHandle? _run;
    private SafeFileHandle? _container;

    /// <summary>A journal in the two directories of a container; files are made when they are first written.</summary>
    public RunJournal(string runDirectory, string stateDirectory) => (_runDirectory, _stateDirectory) = (runDirectory, stateDirectory);

    /// <summary>Says that a step is about to be applied.</summary>
    public void Intent(PlanStep step)
    {
        _buffer.ResetWrittenCount();
        JournalFormat.WriteIntent(_buffer, step);
        Append(step.Scope);
    }

    /// <summary>Says that it was applied.</summary>
    public void Receipt(PlanStep step, StepValues receipt)
    {
        _buffer.ResetWrittenCount();
        JournalFormat.WriteReceipt(_buffer, step.Id, receipt);
        Append(step.Scope);
    }

    /// <summary>The entries of one scope, oldest first; empty where there is no journal.</summary>
    public IReadOnlyList<JournalEntry> Read(StepScope scope)
    {
        var path = PathOf(scope);
        return File.Exists(path) ? JournalFormat.Read(File.ReadAllBytes(path)) : [];
    }

    /// <summary>Takes some steps out of the run's journal, all at once: they are undone, or need no undoing any more. With the container's
    /// <see cref="Containers.RunLock"/> held, as all changes of a run that goes on.</summary>
    public void Forget(Func<PlanStep, bool> isForgotten)
    {
        _buffer.ResetWrittenCount();
        foreach (var (step, receipt) in Read(StepScope.Run))
        {
            if (!isForgotten(step))
            {
                JournalFormat.WriteIntent(_buffer, step);
                if (receipt is not null)
                {
                    JournalFormat.WriteReceipt(_buffer, step.Id, receipt);
                }
            }
        }

        _run?.Dispose();
        _run = null;
        var path = PathOf(StepScope.Run);
        using (var file = Files.Open(path + ".new", OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180))
        {
            RandomAccess.Write(file, _buffer.WrittenSpan, 0);
        }

        Files.RenameAt2(null, path + ".new", null, path, default);
        FaultPoint.Reached();
    }

    /// <summary>Removes the journal of a scope: all it names is undone.</summary>
    public void Clear(StepScope scope)
    {
        ref var file = ref scope == StepScope.Run ? ref _run : ref _container;
        file?.Dispose();
        file = null;

        // Removal that was cut short may have taken the whole directory already.
        var path = PathOf(scope);
        var errno = Files.TryUnlinkAt(null, path);
        if (errno is not (Errno.Success or Errno.ENOENT))
        {
            throw new LinuxException("remove", path, errno);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run?.Dispose();
        _container?.Dispose();
    }

    private void Append(StepScope scope)
    {
        ref var file = ref scope == StepScope.Run ? ref _run : ref _container;
        file ??= File.OpenHandle(PathOf(scope), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, _buffer.WrittenSpan, RandomAccess.GetLength(file));
        FaultPoint.Reached();
    }

    private string PathOf(StepScope scope) => Path.Combine(scope == StepScope.Run ? _runDirectory : _stateDirectory, FileName);
}
