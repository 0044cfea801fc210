using System.Diagnostics;
using MiniDock.Abstractions;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Engine.Plugins.Testing;

/// <summary>A network namespace with a process in it, for a plugin to attach.</summary>
internal sealed class NetworkPlace : IDisposable
{
    private readonly Process _process;

    public NetworkPlace()
    {
        _process = Process.Start(new ProcessStartInfo("unshare", ["--net", "--", "sleep", "3600"]))
            ?? throw new EngineException("unshare: ENOENT (cannot be started)", "it is part of util-linux", exitCode: 1);
        var own = Namespaces.IdentityOf(null, NamespaceTypes.Network);
        while (!_process.HasExited && Namespaces.IdentityOf(_process.Id, NamespaceTypes.Network) == own)
        {
            Thread.Sleep(1);
        }
    }

    public int Pid => _process.Id;

    public bool Has(string name)
    {
        using var inside = Namespaces.OpenOf(Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        return socket.FindLink(name) is not null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
