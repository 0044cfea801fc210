using MiniDock.Abstractions.Plugins;
using MiniDock.Plugins.Sdk;

return Plugin.Run<Memory>();

/// <summary>Memory of a size, as a mount.</summary>
internal sealed class Memory : StoragePlugin
{
    protected override Attached<StorageResult> Attach(PluginCall call) => new(new StorageResult
    {
        Mounts = [new PluginMount { Type = "tmpfs", Source = "@NAME@", Flags = ["nosuid", "nodev"], Data = $"mode=755,size={call.Option("size") ?? "16m"}" }],
    });

    // Called also when Attach failed or was cut short, and more than once: nothing to put away is no error.
    protected override void Detach(PluginCall call)
    {
    }
}
