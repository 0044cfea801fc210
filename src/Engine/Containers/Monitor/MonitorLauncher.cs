using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Starts the process that looks after a detached container: this very program, in a session of its own.</summary>
public sealed class MonitorLauncher(ContainerStore store)
{
    /// <summary>Starts a monitor and waits until the container runs.</summary>
    /// <param name="id">The container.</param>
    /// <param name="held">Its lock, which goes over to the monitor.</param>
    /// <param name="attach">Connects with the monitor before the container runs; null for nobody.</param>
    /// <exception cref="EngineException">The container did not start; what was begun is undone.</exception>
    public void Start(ContainerId id, ContainerLock held, Action? attach = null)
    {
        var (report, reportEnd) = Pipes.Create();
        using (report)
        {
            using (reportEnd)
            {
                Spawn(new MonitorArguments(store.Paths, id, AwaitsClient: attach is not null), held, reportEnd);
            }

            held.Dispose();
            MonitorReport.Receive(report, attach);
        }
    }

    private static void Spawn(MonitorArguments arguments, ContainerLock held, SafeFileHandle report)
    {
        using var monitor = OwnProgram.TryStart(arguments.ToCommandLine(), builder =>
        {
            builder.SetStandardStream(MonitorArguments.LockDescriptor, builder.Inherit(held.Descriptor));
            builder.SetStandardStream(MonitorArguments.ReportDescriptor, builder.Inherit(report));
        });
        if (monitor is null)
        {
            throw new EngineException($"monitor: ENOEXEC ({Environment.ProcessPath} cannot be executed)");
        }
    }
}
