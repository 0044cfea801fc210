using System.Text.Json;
using MiniDock.Abstractions.Plugins;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>One request and its reply, within a time and a size.</summary>
internal sealed class PluginExchange
{
    private readonly PluginProcess _process;
    private readonly string _operation;
    private readonly byte[] _request;
    private readonly bool _isSession;
    private readonly int _milliseconds;
    private readonly List<byte> _received = [];
    private int _sent;
    private bool _isOpen = true;

    /// <param name="process">The plugin's program.</param>
    /// <param name="operation">The operation, for errors.</param>
    /// <param name="request">The request, a line.</param>
    /// <param name="milliseconds">How long it may take.</param>
    public PluginExchange(PluginProcess process, string operation, byte[] request, int milliseconds)
    {
        _process = process;
        _operation = operation;
        _request = request;
        _milliseconds = milliseconds;
        _isSession = process.Plugin.Manifest!.Mode == PluginMode.Session;
    }

    /// <summary>Makes the exchange. After a failure the program has been ended.</summary>
    /// <param name="id">Number of the request.</param>
    /// <exception cref="Abstractions.EngineException">There was no reply that can be used.</exception>
    public PluginReply Run(long id)
    {
        var deadline = Environment.TickCount64 + _milliseconds;
        while (!IsComplete())
        {
            if (_process.Wait(_sent < _request.Length && !_process.Input.IsClosed, _isOpen, deadline) is not { } happened)
            {
                throw Broken($"ETIMEDOUT (no reply within {_milliseconds} ms)");
            }

            if (happened.CanWrite)
            {
                Send();
            }

            if (happened.CanRead || happened.HasEnded)
            {
                Receive();
            }

            if (happened.HasEnded && !IsComplete())
            {
                break;
            }
        }

        return Parse(id);
    }

    // The reply of a session is a line; that of a oneshot all that it writes until it ends.
    private bool IsComplete() => _isSession && _received.Contains((byte)'\n');

    private void Send()
    {
        var error = Files.TryWrite(_process.Input, _request.AsSpan(_sent), out var count);
        _sent += count;
        if (error is not (Errno.Success or Errno.EAGAIN))
        {
            // It does not read: what it replies, or how it ends, says more.
            _process.Input.Dispose();
        }
        else if (_sent == _request.Length && !_isSession)
        {
            _process.Input.Dispose();
        }
    }

    private void Receive()
    {
        var buffer = new byte[16 << 10];
        while (_isOpen && !IsComplete())
        {
            var error = Files.TryRead(_process.Replies, buffer, out var count);
            if (error == Errno.EAGAIN)
            {
                return;
            }

            _isOpen = error == Errno.Success && count > 0;
            _received.AddRange(buffer.AsSpan(0, count));
            if (_received.Count > PluginProtocol.MaxReplyBytes)
            {
                throw Broken($"EMSGSIZE (its reply is over {PluginProtocol.MaxReplyBytes >> 20} MiB)");
            }

            if (!_isOpen && _isSession)
            {
                // A session that closes its descriptor is at its end.
                _process.End(PluginProtocol.GraceMilliseconds);
            }
        }
    }

    private PluginReply Parse(long id)
    {
        var bytes = _received.ToArray().AsSpan();
        if (_isSession && bytes.IndexOf((byte)'\n') is var end)
        {
            if (end < 0)
            {
                throw Broken(bytes.Length == 0 ? "EPIPE (it ended before it replied)" : "EPIPE (it ended within its reply)");
            }

            if (end != bytes.Length - 1)
            {
                throw Broken("EPROTO (it replied with more than one line)");
            }
        }
        else if (!_isSession)
        {
            _process.End(0);
            if (bytes.Trim(" \t\r\n"u8).IsEmpty)
            {
                throw Broken("EPIPE (it ended before it replied)");
            }
        }

        PluginReply? reply;
        try
        {
            reply = JsonSerializer.Deserialize(bytes, PluginJson.Default.PluginReply);
        }
        catch (JsonException e)
        {
            throw Broken($"EPROTO (its reply is not a reply: {Reason(e)}: {Start(bytes)})");
        }

        if (reply is null || (_isSession ? reply.Id != id : reply.Id is { } other && other != id))
        {
            throw Broken($"EPROTO (it replied to request {reply?.Id.ToString() ?? "null"}, not to {id})");
        }

        if (reply.Ok && _process.Status is { ExitCode: not 0 })
        {
            throw Broken("EPROTO (it says that all is well and fails)");
        }

        return reply;
    }

    private Abstractions.EngineException Broken(string what)
    {
        _process.End(0);
        return PluginFailures.Broken(_process, _operation, what);
    }

    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return PluginFailures.Shown(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
    }

    private static string Start(ReadOnlySpan<byte> bytes) =>
        PluginFailures.Shown(System.Text.Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 80)])) + (bytes.Length > 80 ? "…" : "");
}
