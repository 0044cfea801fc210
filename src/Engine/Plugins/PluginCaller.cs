using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Engine.Plugins;

/// <summary>Calls plugins: one process for each session, as long as its calls last, or one for each call.</summary>
public sealed class PluginCaller : IDisposable
{
    private const int RetryMilliseconds = 200;

    private readonly Dictionary<string, PluginProcess> _sessions = new(StringComparer.Ordinal);
    private long _lastId;

    /// <summary>Starts a session, so that its program gets ready while the engine does other things. Nothing for a oneshot.</summary>
    /// <exception cref="EngineException">It cannot be executed.</exception>
    public void Start(InstalledPlugin plugin)
    {
        if (plugin.Manifest is { Mode: PluginMode.Session } && !_sessions.ContainsKey(plugin.Directory))
        {
            _sessions[plugin.Directory] = PluginProcess.Start(plugin);
        }
    }

    /// <summary>Makes a call.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="operation">The operation, as in the manifest.</param>
    /// <param name="request">The request; version, number, operation and deadline are set here.</param>
    /// <returns>A reply that says that all is well.</returns>
    /// <exception cref="EngineException">It was not done, or it is not known whether it was.</exception>
    public PluginReply Call(InstalledPlugin plugin, string operation, PluginRequest request)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var process = ProcessOf(plugin);
            try
            {
                var reply = Exchange(process, operation, request);
                if (!reply.Ok && reply.Error is { Retryable: true } && !isAgain)
                {
                    Thread.Sleep(RetryMilliseconds);
                    continue;
                }

                return Checked(process, operation, reply);
            }
            finally
            {
                if (plugin.Manifest!.Mode == PluginMode.Oneshot || process.Status is not null)
                {
                    _sessions.Remove(plugin.Directory);
                    process.Dispose();
                }
            }
        }
    }

    /// <summary>Ends the sessions: each gets the end of its input, and some time.</summary>
    public void EndSessions()
    {
        foreach (var process in _sessions.Values)
        {
            process.End(PluginProtocol.GraceMilliseconds);
            process.Dispose();
        }

        _sessions.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => EndSessions();

    private PluginProcess ProcessOf(InstalledPlugin plugin)
    {
        if (plugin.Manifest is not { Mode: PluginMode.Session })
        {
            return PluginProcess.Start(plugin);
        }

        Start(plugin);
        return _sessions[plugin.Directory];
    }

    private PluginReply Exchange(PluginProcess process, string operation, PluginRequest request)
    {
        var plugin = process.Plugin;
        var id = ++_lastId;
        var milliseconds = plugin.TimeoutOf(operation);
        request = request with
        {
            V = PluginProtocol.Version,
            Id = id,
            Op = PluginOperations.InRequest(plugin.Manifest!.Kind, operation),
            DeadlineMs = milliseconds,
        };
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, PluginJson.Default.PluginRequest), (byte)'\n'];
        return new PluginExchange(process, operation, line, milliseconds).Run(id);
    }

    private static PluginReply Checked(PluginProcess process, string operation, PluginReply reply)
    {
        if (!reply.Ok)
        {
            throw PluginFailures.Refused(process, operation, reply.Error);
        }

        return reply.State is { } state && System.Text.Encoding.UTF8.GetByteCount(state.GetRawText()) > PluginProtocol.MaxStateBytes
            ? throw PluginFailures.Broken(process, operation, $"E2BIG (its state is over {PluginProtocol.MaxStateBytes >> 10} KiB)")
            : reply;
    }
}
