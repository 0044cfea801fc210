using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>A network provider: <c>--net NAME</c>.</summary>
public abstract class NetworkPlugin : PluginProvider
{
    /// <summary>Makes the interface inside and all that belongs to it. When it fails or is cut short, <see cref="Detach"/> is called.</summary>
    protected abstract Attached<NetworkResult> Attach(PluginCall call);

    /// <summary>Takes all of it away. Idempotent: whatever is not there is no error, and the state may be missing.</summary>
    protected abstract void Detach(PluginCall call);

    /// <summary>Fails if the attachment is not as it was made.</summary>
    protected virtual void Check(PluginCall call)
    {
    }

    /// <summary>Removes what belongs to containers that are not alive.</summary>
    protected virtual void Collect(PluginCall call)
    {
    }

    /// <summary>The steps that an attachment would take, for <c>--explain</c>; asked for where the manifest says <c>dryRun</c>.</summary>
    protected virtual IEnumerable<PluginStep> Explain(PluginCall call) => [];

    /// <inheritdoc/>
    internal override PluginReply Answer(PluginRequest request)
    {
        if (request.DryRun)
        {
            return Steps(request, Explain);
        }

        var call = new PluginCall(request);
        switch (request.Op)
        {
            case "net.attach":
                var attached = Attach(call);
                return Done(JsonSerializer.SerializeToElement(attached.Result, PluginJson.Default.NetworkResult), attached.State);
            case "net.detach":
                Detach(call);
                return Done();
            case "net.check":
                Check(call);
                return Done();
            case "net.gc":
                Collect(call);
                return Done();
            default:
                throw Unknown(request);
        }
    }
}
