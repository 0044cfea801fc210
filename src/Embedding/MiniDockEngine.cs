using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Images.Import;

namespace MiniDock.Embedding;

/// <summary>The engine inside a program: images and containers of one root, beside which the command line may work on the same root.</summary>
/// <remarks>Needs root and Linux 5.12. All members may be called from any thread.</remarks>
public sealed class MiniDockEngine
{
    private readonly EngineParts _parts;

    private readonly ContainerRun _run;

    internal MiniDockEngine(EngineParts parts)
    {
        _parts = parts;

        // This makes every part that is shared, before a second thread can ask for one.
        _run = parts.Run;
    }

    /// <summary>Makes an image of a tar archive of a root file system, plain or packed with gzip, xz, zstd or bzip2.</summary>
    /// <param name="archive">Path of the archive.</param>
    /// <param name="name"><c>NAME[:TAG]</c>; null: as the file is called, without its extensions.</param>
    /// <returns>The image's id, <c>sha256:…</c>.</returns>
    /// <exception cref="EngineException">The archive is damaged or hostile, or the disk is full; nothing is left of it.</exception>
    public Task<string> ImportAsync(string archive, string? name = null) => Task.Run(() =>
        _parts.Importer.Import(new ImportRequest(archive) { Reference = name is null ? null : ImageReference.Parse(name) }).ToString());

    /// <summary>Names of all images, <c>NAME:TAG</c>.</summary>
    public IReadOnlyList<string> Images() => [.. _parts.Images.Names().Select(reference => reference.ToString())];

    /// <summary>Names of the containers, newest first: of any program and of the command line, on this root.</summary>
    /// <param name="all">Those too that do not run.</param>
    public IReadOnlyList<string> Containers(bool all = false) =>
        [.. (all ? _parts.Store.List() : _parts.Store.ListActive().Where(container => container.IsRunning)).Select(container => container.Spec.Name)];

    /// <summary>Removes a container that was kept.</summary>
    /// <param name="nameOrId">Its name, or its id or the beginning of that.</param>
    /// <param name="force">Kill it first where it runs.</param>
    /// <exception cref="EngineException">There is none, or it runs.</exception>
    public void Remove(string nameOrId, bool force = false) => _parts.Control.Remove(_parts.Store.Find(nameOrId), force);

    /// <summary>Starts a container.</summary>
    /// <returns>The container, whose program runs.</returns>
    /// <exception cref="EngineException">The options are wrong, or it could not be started; then nothing is left of it.</exception>
    public Task<RunningContainer> StartAsync(ContainerOptions options)
    {
        var started = new TaskCompletionSource<RunningContainer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own: it waits for the container's end, and the kernel kills the container's processes with the thread that made them.
        new Thread(() => Run(options, started, ended)) { IsBackground = true, Name = "minidock container" }.Start();
        return started.Task;
    }

    private void Run(ContainerOptions options, TaskCompletionSource<RunningContainer> started, TaskCompletionSource<RunResult> ended)
    {
        PipeSession? session = null;
        try
        {
            _parts.Sweep();
            var spec = Spec(options.ToFlags(), out var hold);
            using (hold)
            {
                ended.SetResult(_run.Run(
                    spec,
                    _ => session = new PipeSession(spec.OpenStdin),
                    new RunOptions
                    {
                        Created = () => hold.Dispose(),
                        Started = state => started.SetResult(new RunningContainer(_parts, spec, state, session!, ended.Task)),
                        Warn = _parts.Warn,
                    }));
            }
        }
        catch (Exception e)
        {
            if (!started.TrySetException(e))
            {
                ended.SetException(e);
            }
        }
    }

    private ContainerSpec Spec(RunFlags flags, out IDisposable hold)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new EngineException("container: EPERM (the program must run as root)");
        }

        var id = ContainerId.New();
        flags.FallbackName = $"embedded-{id.Short}";
        hold = _parts.Images.HoldImages();
        try
        {
            var image = _parts.Images.Resolve(flags.Image).ToDefaults(flags.Image);
            var built = new SpecBuilder(new CreationSources(_parts.Store, _parts.Images)).Build(id, DateTimeOffset.UtcNow, flags, image, _parts.Host);
            foreach (var warning in built.Warnings)
            {
                _parts.Warn(warning);
            }

            return built.Spec ?? throw EngineException.Of(built.Problems);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }
}
