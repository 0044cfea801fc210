using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>Reads requests, a line each, and writes replies.</summary>
internal sealed class RequestLoop(PluginProvider provider, Stream requests, Stream replies)
{
    public void Run(bool isOnce)
    {
        using var lines = new StreamReader(requests, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            Write(Answer(line));
            if (isOnce)
            {
                return;
            }
        }
    }

    private PluginReply Answer(string line)
    {
        PluginRequest? request = null;
        try
        {
            request = JsonSerializer.Deserialize(line, PluginJson.Default.PluginRequest) ?? throw new JsonException("the request is null");
            if (request.V != PluginProtocol.Version)
            {
                throw new PluginException("EPROTONOSUPPORT", $"protocol version {request.V}: this plugin speaks {PluginProtocol.Version}");
            }

            return provider.Answer(request) with { Id = request.Id };
        }
        catch (PluginException e)
        {
            return Failed(request, new PluginError { Code = e.Code, Message = e.Message, Hint = e.Hint, Retryable = e.Retryable });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The engine shows what a plugin writes here when it fails.
            Console.Error.WriteLine(e);
            return Failed(request, new PluginError { Code = "EIO", Message = e.Message });
        }
    }

    private static PluginReply Failed(PluginRequest? request, PluginError error) => new() { Id = request?.Id, Ok = false, Error = error };

    private void Write(PluginReply reply)
    {
        replies.Write([.. JsonSerializer.SerializeToUtf8Bytes(reply, PluginJson.Default.PluginReply), (byte)'\n']);
        replies.Flush();
    }
}
