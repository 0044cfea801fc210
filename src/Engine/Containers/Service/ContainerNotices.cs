using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Service;

/// <summary>
/// The socket on which a container tells of itself. A service manager listens to processes of the service's own control group only, and the
/// container is in another: so what it says is passed on by the process that waits for it, and only as far as it speaks of its own state.
/// </summary>
internal sealed class ContainerNotices : IDisposable
{
    /// <summary>Its name in its directory, which is all that the container sees of the host.</summary>
    public const string SocketName = "notify.sock";

    private const int MostBytes = 4096;
    private const int StackBytes = 128 * 1024;

    private static readonly string[] s_passed =
        ["READY", "RELOADING", "STOPPING", "MONOTONIC_USEC", "STATUS", "ERRNO", "BUSERROR", "WATCHDOG", "WATCHDOG_USEC", "EXTEND_TIMEOUT_USEC"];

    private readonly Supervisor _supervisor;
    private readonly SafeFileHandle _socket;
    private readonly SafeFileHandle _stop = Polling.EventFd();
    private Thread? _thread;

    public ContainerNotices(EnginePaths paths, ContainerId id, Supervisor supervisor)
    {
        _supervisor = supervisor;

        // Reached by a descriptor of its directory: a socket's path may have 107 bytes only.
        using var directory = Files.Open(Directory(paths, id), OpenFlags.Path | OpenFlags.Directory);
        Files.TryUnlinkAt(directory, SocketName);
        _socket = UnixSockets.BindDatagram($"/proc/self/fd/{directory.DangerousGetHandle()}/{SocketName}");
        Files.SetNonBlocking(_socket, true);

        // Whatever user the container runs as. On the host the run directory lets nobody in.
        Files.FChmodAt(directory, SocketName, 0x1B6);
    }

    /// <summary>The directory that is mounted into the container.</summary>
    public static string Directory(EnginePaths paths, ContainerId id) => Path.Combine(paths.RunDirectory(id), "notify");

    /// <summary>Passes on what comes, until the container ends.</summary>
    public void Forward(SafeFileHandle pidFd)
    {
        _thread = new Thread(() => Serve(pidFd), StackBytes) { IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Polling.SignalEvent(_stop);
        _thread?.Join();
        _stop.Dispose();
        _socket.Dispose();
    }

    private void Serve(SafeFileHandle pidFd)
    {
        var buffer = new byte[MostBytes];
        Span<PollItem> items = [new(_socket, PollEvents.Read), new(pidFd, PollEvents.Read), new(_stop, PollEvents.Read)];
        do
        {
            Polling.Poll(items, -1);
            while (Files.TryRead(_socket, buffer, out var count) == Errno.Success)
            {
                if (Passed(Encoding.UTF8.GetString(buffer.AsSpan(0, count))) is { Length: > 0 } assignments)
                {
                    _supervisor.Tell(assignments);
                }
            }
        }
        while (items[1].Happened == PollEvents.None && items[2].Happened == PollEvents.None);
    }

    // Not MAINPID, whose number means another process here, and nothing that stores descriptors.
    private static string Passed(string assignments) =>
        string.Join('\n', assignments.Split('\n').Where(line => Array.IndexOf(s_passed, line.Split('=')[0]) >= 0 && line.Contains('=')));
}
