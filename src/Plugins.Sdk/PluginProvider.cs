using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>What all providers have in common. Derive from one of its four kinds.</summary>
public abstract class PluginProvider
{
    private protected PluginProvider()
    {
    }

    /// <summary>Does what a request asks.</summary>
    internal abstract PluginReply Answer(PluginRequest request);

    private protected static PluginReply Done(JsonElement? result = null, JsonElement? state = null) => new() { Ok = true, Result = result, State = state };

    private protected static PluginReply Steps(PluginRequest request, Func<PluginCall, IEnumerable<PluginStep>> explain) =>
        Done(JsonSerializer.SerializeToElement(new PluginPlanResult { Steps = [.. explain(new PluginCall(request))] }, PluginJson.Default.PluginPlanResult));

    private protected static PluginException Unknown(PluginRequest request) => new("ENOTSUP", $"operation {request.Op}: not known to this plugin");
}
