using System.Collections;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;
using MiniDock.Linux.Child;

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

    private void Spawn(MonitorArguments arguments, ContainerLock held, Microsoft.Win32.SafeHandles.SafeFileHandle report)
    {
        var builder = new ChildProgramBuilder();
        builder.NewSession();
        var nothing = builder.Open("/dev/null", OpenFlags.ReadWrite);
        for (var stream = 0; stream <= 2; stream++)
        {
            builder.SetStandardStream(stream, nothing);
        }

        builder.SetStandardStream(MonitorArguments.LockDescriptor, builder.Inherit(held.Descriptor));
        builder.SetStandardStream(MonitorArguments.ReportDescriptor, builder.Inherit(report));
        builder.ChangeDirectory(builder.Open("/", OpenFlags.Path | OpenFlags.Directory), ".");
        builder.Execute([Environment.ProcessPath!], arguments.ToCommandLine(), [.. OwnEnvironment()]);
        using var program = builder.Build();
        using var child = ChildProcess.Start(program, new CloneOptions());
        if (child.ReadOutcome() is { } failure)
        {
            throw new EngineException($"monitor: {ErrnoText.Name(failure.Errno)} ({ErrnoText.Text(failure.Errno)})");
        }
    }

    private static IEnumerable<string> OwnEnvironment()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return $"{variable.Key}={variable.Value}";
        }
    }
}
