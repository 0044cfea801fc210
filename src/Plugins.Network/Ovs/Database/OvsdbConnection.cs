using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Ovs.Database;

/// <summary>A connection to Open vSwitch's database through its unix socket: JSON-RPC, RFC 7047. Nothing here waits for longer than it says.</summary>
internal sealed class OvsdbConnection : IDisposable
{
    /// <summary>How long the database may take to answer: a hung one must not hang a start.</summary>
    public const int PatienceMilliseconds = 2000;

    private const int RetryMilliseconds = 10;

    private readonly string _path;
    private readonly SafeFileHandle _socket;
    private byte[] _received = new byte[4096];
    private int _length;

    private OvsdbConnection(string path, SafeFileHandle socket) => (_path, _socket) = (path, socket);

    /// <summary>Connects.</summary>
    /// <exception cref="EngineException">Open vSwitch does not run, or does not answer.</exception>
    public static OvsdbConnection Open(string path) => TryOpen(path, out var errno) ?? throw (errno == Errno.EAGAIN ? NoAnswer(path) : new EngineException(
        $"open vswitch {path}: {errno} ({(errno is Errno.ENOENT or Errno.ECONNREFUSED ? "it does not run" : ErrnoText.Text(errno))})",
        "start it: service openvswitch-switch start; where its socket is elsewhere: --net ovs:SWITCH,socket=PATH, or OVS_RUNDIR=DIR"));

    /// <summary>Connects; null and the reason where it cannot.</summary>
    public static OvsdbConnection? TryOpen(string path, out Errno errno)
    {
        var end = Environment.TickCount64 + PatienceMilliseconds;
        while (true)
        {
            errno = UnixSockets.TryConnectNonBlocking(path, out var socket);
            if (errno == Errno.Success)
            {
                return new OvsdbConnection(path, socket);
            }

            // A full queue of a server that takes no connections.
            if (errno != Errno.EAGAIN || Environment.TickCount64 > end)
            {
                return null;
            }

            Thread.Sleep(RetryMilliseconds);
        }
    }

    /// <summary>Has a transaction carried out.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="moreMilliseconds">How long an operation of it may wait.</param>
    /// <returns>The result of each operation, section 5.2 of the RFC.</returns>
    /// <exception cref="OvsdbException">It was refused.</exception>
    /// <exception cref="EngineException">There was no answer.</exception>
    public IReadOnlyList<JsonElement> Transact(OvsdbTransaction transaction, int moreMilliseconds = 0)
    {
        var end = Environment.TickCount64 + PatienceMilliseconds + moreMilliseconds;
        Send(transaction.Encode(), end);
        while (true)
        {
            if (TryTake(out var message))
            {
                // What else comes is a question whether we live; whoever does not answer it loses the connection much later than here.
                if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.GetInt32() == OvsdbTransaction.RequestId)
                {
                    return Results(message);
                }

                continue;
            }

            Receive(end);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static List<JsonElement> Results(JsonElement reply)
    {
        if (reply.GetProperty("error") is { ValueKind: not JsonValueKind.Null } error)
        {
            throw new OvsdbException(error.ValueKind == JsonValueKind.Object ? error.GetProperty("error").GetString()! : error.ToString(), null);
        }

        var results = reply.GetProperty("result").EnumerateArray().ToList();
        foreach (var result in results)
        {
            if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out var code))
            {
                throw new OvsdbException(code.GetString()!, result.TryGetProperty("details", out var details) ? details.GetString() : null);
            }
        }

        return results;
    }

    private static EngineException NoAnswer(string path) => new(
        $"open vswitch {path}: ETIMEDOUT (the database gives no answer)", "is ovsdb-server stopped or overloaded? see its log in /var/log/openvswitch");

    private void Send(ReadOnlySpan<byte> request, long end)
    {
        while (request.Length > 0)
        {
            var errno = Files.TryWrite(_socket, request, out var count);
            if (errno == Errno.EAGAIN)
            {
                Wait(PollEvents.Write, end);
            }
            else if (errno != Errno.Success)
            {
                throw new LinuxException("send to", _path, errno);
            }

            request = request[count..];
        }
    }

    private void Receive(long end)
    {
        if (_length == _received.Length)
        {
            Array.Resize(ref _received, _received.Length * 2);
        }

        var errno = Files.TryRead(_socket, _received.AsSpan(_length), out var count);
        if (errno == Errno.EAGAIN)
        {
            Wait(PollEvents.Read, end);
        }
        else if (errno != Errno.Success || count == 0)
        {
            throw new LinuxException("receive from", _path, errno == Errno.Success ? Errno.ECONNRESET : errno);
        }

        _length += count;
    }

    private void Wait(PollEvents events, long end)
    {
        var left = end - Environment.TickCount64;
        if (left <= 0 || !Polling.WaitFor(_socket, events, (int)left))
        {
            throw NoAnswer(_path);
        }
    }

    // Messages follow each other without a mark between them: each is one JSON value.
    private bool TryTake(out JsonElement message)
    {
        message = default;
        var reader = new Utf8JsonReader(_received.AsSpan(0, _length), isFinalBlock: false, default);
        if (_length == 0 || !JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            message = document.RootElement.Clone();
        }

        var taken = (int)reader.BytesConsumed;
        _received.AsSpan(taken, _length - taken).CopyTo(_received);
        _length -= taken;
        return true;
    }
}
