using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>The monitor's end of the attach sockets: everything that the container writes goes to every client, and what any client writes goes to the container.</summary>
internal sealed class AttachServer : IDisposable
{
    /// <summary>A client that lags this much is let go: it must never hold the container up.</summary>
    private const int MaxPendingBytes = 4 * 1024 * 1024;

    private readonly string _path;
    private readonly EventLoop _loop;
    private readonly IAttachTarget _target;
    private readonly SafeFileHandle _listener;
    private readonly EventLoop.Registration _registration;
    private readonly List<AttachConnection> _clients = [];

    public AttachServer(string runDirectory, EventLoop loop, IAttachTarget target)
    {
        _path = Path.Combine(runDirectory, AttachSocket.Name);
        _loop = loop;
        _target = target;
        Files.TryUnlinkAt(null, _path);
        _listener = AttachSocket.Listen(runDirectory);
        _registration = loop.Add(_listener, PollEvents.Read, _ => Accept());
    }

    public bool HasClients => _clients.Count > 0;

    public void Send(AttachKind kind, ReadOnlySpan<byte> content)
    {
        foreach (var client in _clients.ToArray())
        {
            client.Send(kind, content);
            if (client.PendingBytes > MaxPendingBytes)
            {
                Close(client);
            }
        }
    }

    /// <summary>Tells all clients how the container ended.</summary>
    public void SendExit(int exitCode)
    {
        const int patienceMilliseconds = 2000;
        Span<byte> code = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(code, exitCode);
        Send(AttachKind.Exit, code);
        foreach (var client in _clients)
        {
            client.Drain(patienceMilliseconds);
        }
    }

    /// <summary>Lets clients write on, or holds them up while the container does not read.</summary>
    public void SetReading(bool reading)
    {
        foreach (var client in _clients)
        {
            client.SetReading(reading);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _registration.Dispose();
        _listener.Dispose();
        Files.TryUnlinkAt(null, _path);
    }

    private void Accept()
    {
        if (UnixSockets.TryAccept(_listener, out var socket) != Errno.Success)
        {
            return;
        }

        if (UnixSockets.PeerCredentials(socket).Uid != Processes.EffectiveUid)
        {
            socket.Dispose();
            return;
        }

        AttachConnection? client = null;
        client = new AttachConnection(_loop, socket, Receive, () => Close(client!));
        _clients.Add(client);
    }

    private void Close(AttachConnection client)
    {
        client.Dispose();
        _clients.Remove(client);
    }

    private void Receive(AttachKind kind, byte[] content)
    {
        switch (kind)
        {
            case AttachKind.Input:
                _target.Input(content);
                break;
            case AttachKind.InputEnd:
                _target.EndInput();
                break;
            case AttachKind.Resize when content.Length == 4:
                _target.Resize(BinaryPrimitives.ReadUInt16LittleEndian(content), BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(2)));
                break;
            case AttachKind.Signal when content.Length == 1:
                _target.Signal((Signal)content[0]);
                break;
        }
    }
}
