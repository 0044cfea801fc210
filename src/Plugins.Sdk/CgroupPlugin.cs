using System.Text.Json;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>A cgroup provider: <c>--cgroup-driver NAME</c>. It says which files get which values; the engine makes the groups and writes them.</summary>
public abstract class CgroupPlugin : PluginProvider
{
    /// <summary>Says what is to be written. It changes nothing.</summary>
    protected abstract CgroupResult Plan(PluginCall call);

    /// <inheritdoc/>
    internal override PluginReply Answer(PluginRequest request) => request.Op == "cgroup.plan"
        ? Done(JsonSerializer.SerializeToElement(Plan(new PluginCall(request)), PluginJson.Default.CgroupResult))
        : throw Unknown(request);
}
