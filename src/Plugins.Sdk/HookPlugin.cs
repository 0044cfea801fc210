using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>A hook: <c>--hook NAME</c>. Only the points that its manifest names are called.</summary>
public abstract class HookPlugin : PluginProvider
{
    /// <summary>Before the container is made: says what it gets beside what was asked for. It changes nothing.</summary>
    protected virtual HookAdjustment? Precreate(PluginCall call) => null;

    /// <summary>When its program runs.</summary>
    protected virtual void Poststart(PluginCall call)
    {
    }

    /// <summary>Before it is asked to stop.</summary>
    protected virtual void Prestop(PluginCall call)
    {
    }

    /// <summary>After its end, however it comes; idempotent.</summary>
    protected virtual void Poststop(PluginCall call)
    {
    }

    /// <inheritdoc/>
    internal override PluginReply Answer(PluginRequest request)
    {
        var call = new PluginCall(request);
        switch (request.Op)
        {
            case "hook.precreate":
                return Done(JsonSerializer.SerializeToElement(new HookResult { Adjust = Precreate(call) }, PluginJson.Default.HookResult));
            case "hook.poststart":
                Poststart(call);
                return Done();
            case "hook.prestop":
                Prestop(call);
                return Done();
            case "hook.poststop":
                Poststop(call);
                return Done();
            default:
                throw Unknown(request);
        }
    }
}
