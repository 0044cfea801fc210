using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers;
using MiniDock.Linux;

namespace MiniDock.Embedding;

/// <summary>A container that a program has started. It lives no longer than the program: disposing kills it if it still runs, and waits until
/// all that belonged to it is taken back; what a killed program leaves, the next engine of the same root takes back.</summary>
/// <remarks>Its streams are pipes: a container that writes more than they hold waits for a reader.</remarks>
public sealed class RunningContainer : IAsyncDisposable
{
    private readonly EngineParts _engine;
    private readonly PipeSession _session;
    private readonly Task<RunResult> _end;

    internal RunningContainer(EngineParts engine, ContainerSpec spec, ContainerState state, PipeSession session, Task<RunResult> end)
    {
        (_engine, _session, _end) = (engine, session, end);
        (Id, Name, Pid) = (spec.Id.Value, spec.Name, state.Pid);
    }

    /// <summary>Its id, 64 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Process id on the host of its first process.</summary>
    public int Pid { get; }

    /// <summary>Written to by the program; ends with its disposal. Null stream unless <see cref="ContainerOptions.OpenStandardInput"/>.</summary>
    public Stream StandardInput => _session.StandardInput;

    /// <summary>What it writes to standard output.</summary>
    public Stream StandardOutput => _session.StandardOutput;

    /// <summary>What it writes to standard error.</summary>
    public Stream StandardError => _session.StandardError;

    /// <summary>Waits for its end and until its run is undone.</summary>
    /// <param name="cancellation">Ends the waiting, not the container.</param>
    /// <exception cref="EngineException">Something of it was left behind.</exception>
    public async Task<ContainerExit> WaitAsync(CancellationToken cancellation = default)
    {
        var end = await _end.WaitAsync(cancellation).ConfigureAwait(false);
        return new ContainerExit(end.ExitCode, end.OomKilled);
    }

    /// <summary>Sends a signal to its first process; nothing happens if that has ended.</summary>
    /// <param name="signal">Number of the signal, signal(7).</param>
    public void Kill(int signal = (int)Signal.SIGKILL)
    {
        if (_end.IsCompleted || _engine.Store.Resolve(Id) is not { } id || _engine.Store.Read(id) is not { IsRunning: true } now)
        {
            return;
        }

        try
        {
            _engine.Stop.Kill(now, (Signal)signal);
        }
        catch (EngineException) when (_end.Wait(TimeSpan.FromSeconds(1)))
        {
            // It ended in the same moment.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        try
        {
            await _end.ConfigureAwait(false);
        }
        finally
        {
            foreach (var stream in (Stream[])[StandardInput, StandardOutput, StandardError])
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
