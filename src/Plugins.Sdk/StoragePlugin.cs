using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>A storage provider: <c>--mount type=NAME,…</c>. It gets ready what is mounted, such as a device; the engine mounts.</summary>
public abstract class StoragePlugin : PluginProvider
{
    /// <summary>Gets ready what is to be mounted. When it fails or is cut short, <see cref="Detach"/> is called.</summary>
    protected abstract Attached<StorageResult> Attach(PluginCall call);

    /// <summary>Puts it away; nothing is mounted any more. Idempotent: whatever is not there is no error, and the state may be missing.</summary>
    protected abstract void Detach(PluginCall call);

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
            case "storage.attach":
                var attached = Attach(call);
                return Done(JsonSerializer.SerializeToElement(attached.Result, PluginJson.Default.StorageResult), attached.State);
            case "storage.detach":
                Detach(call);
                return Done();
            case "storage.gc":
                Collect(call);
                return Done();
            default:
                throw Unknown(request);
        }
    }
}
