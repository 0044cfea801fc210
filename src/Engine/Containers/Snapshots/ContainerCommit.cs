using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Makes an image of a container: its image's layers, and one more of what it has changed.</summary>
public sealed class ContainerCommit(ContainerSnapshots snapshots, ContainerChanges changes, ContainerPause pause, ImageStore images, IImageUsers users)
{
    private StagingDirectory? _staging;
    private Container? _frozen;

    /// <summary>Lets the container go on, and removes what a commit that runs on another thread has written. The process must end then.</summary>
    public void Abort()
    {
        Thaw();
        _staging?.Dispose();
    }

    /// <summary>Makes the image. What volumes and other mounts hold is no part of it.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="EngineException">A change is not well formed, or the disk is full; exit code 1.</exception>
    public Digest Commit(Container container, CommitRequest request)
    {
        var parent = images.Read(container.Spec.Image.Id)?.Config;
        CommittedConfig.RunConfig(container.Spec, parent, request);
        using var held = snapshots.Hold(container);
        using var staging = images.BeginStaging(users);
        _staging = staging;
        var path = Path.Combine(staging.DirectoryPath, "layer");
        using var file = Files.Open(path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
        var layer = Build(container, request, file);
        Files.Fdatasync(file);
        var id = images.Publish(staging, path, layer, CommittedConfig.Of(container.Spec, parent, layer.DiffId, request), request.Reference);
        snapshots.Store.Events.Append(ContainerEvents.Of(
            container.Spec, "commit", ("comment", request.Message ?? ""), ("imageID", id.ToString()), ("imageRef", request.Reference?.ToString() ?? "")));
        return id;
    }

    private BuiltLayer Build(Container container, CommitRequest request, SafeFileHandle file)
    {
        if (request.Pause)
        {
            Freeze(container);
        }

        try
        {
            using var mount = snapshots.Open(container, RootAccess.ReadOnly);
            return Build(changes.Find(container, mount.Root), mount.Root, file);
        }
        finally
        {
            Thaw();
        }
    }

    private void Freeze(Container container)
    {
        if (container.State.Status != ContainerStatus.Running)
        {
            return;
        }

        try
        {
            pause.Pause(container);
            _frozen = container;
        }
        catch (EngineException e) when (snapshots.Store.Read(container.Id) is { State.Status: ContainerStatus.Running })
        {
            throw new EngineException(e.Message, "or without it: minidock commit --pause=false", e.ExitCode, e);
        }
        catch (EngineException)
        {
            // It has ended meanwhile, or somebody else has paused it.
        }
    }

    private void Thaw()
    {
        if (Interlocked.Exchange(ref _frozen, null) is not { } container)
        {
            return;
        }

        try
        {
            pause.Unpause(container);
        }
        catch (EngineException)
        {
            // It was killed or let go by somebody else.
        }
    }

    // The archive is never on the disk beside the layer that it becomes: one thread writes it, another takes it in.
    private static BuiltLayer Build(IReadOnlyList<SnapshotChange> found, SafeFileHandle merged, SafeFileHandle file)
    {
        var (read, write) = Pipes.Create();
        Exception? failure = null;
        var writer = new Thread(() =>
        {
            try
            {
                using var output = new BufferedStream(new DescriptorOutput(write, "the new layer"), 256 * 1024);
                LayerArchive.Write(found, merged, output);
            }
            catch (Exception e)
            {
                failure = e;
                write.Dispose();
            }
        });
        writer.Start();
        try
        {
            using var input = new FileStream(read, FileAccess.Read, bufferSize: 0);
            return LayerBuilder.Build(input, file, ImportLimits.None, keepsWhiteouts: true);
        }
        catch (Exception e) when (e is not LinuxException)
        {
            // The archive is our own: what is wrong with it is what stopped its writer.
            read.Dispose();
            writer.Join();
            throw failure ?? e;
        }
        finally
        {
            read.Dispose();
            writer.Join();
        }
    }
}
