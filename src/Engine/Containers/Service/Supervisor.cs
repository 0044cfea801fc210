using System.Globalization;
using System.Text;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Service;

/// <summary>The service manager that has started this process and wants to hear of it: the socket of sd_notify(3).</summary>
internal sealed class Supervisor
{
    private const string Variable = "NOTIFY_SOCKET";
    private readonly string _path;

    private Supervisor(string path) => _path = path;

    /// <summary>The one that is there; null for none. Only sockets with a path are spoken to.</summary>
    public static Supervisor? Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 1 } path && path[0] == '/' ? new Supervisor(path) : null;

    /// <summary>The program runs, and this process is the one whose end is the service's.</summary>
    public void TellReady() => Tell($"READY=1\n{OwnPid}");

    /// <summary>This process is the one whose end is the service's; that it is ready is told by somebody else.</summary>
    public void TellMainProcess() => Tell(OwnPid);

    /// <summary>Passes assignments on. A manager that is gone hears nothing.</summary>
    public void Tell(string assignments) => UnixSockets.TrySendDatagram(_path, Encoding.UTF8.GetBytes(assignments));

    private static string OwnPid => string.Create(CultureInfo.InvariantCulture, $"MAINPID={Environment.ProcessId}");
}
