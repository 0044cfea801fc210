using System.Net.Sockets;
using System.Text;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Service;

/// <summary>The socket that systemd would listen on.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    /// <summary>Whether something has come.</summary>
    public bool HasMessage => _socket.Available > 0;

    /// <summary>The next message.</summary>
    public string Receive()
    {
        _socket.ReceiveTimeout = (int)RunningCommand.DefaultTimeOut.TotalMilliseconds;
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }
}
