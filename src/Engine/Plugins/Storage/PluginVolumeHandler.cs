using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Engine.Plugins.Storage;

/// <summary>Lets a plugin get ready what is to be mounted, and put it away.</summary>
public sealed class PluginVolumeHandler(PluginCaller caller, Action<string> warn) : IStepHandler
{
    internal const string StepKind = "plugin.storage.attach";
    internal const string Result = "result";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var plugin = PluginSteps.Required(step);
        var reply = caller.Call(plugin, PluginOperations.Attach, PluginSteps.RequestOf(step));
        if (Complaint(reply) is { } complaint)
        {
            throw new EngineException($"plugin {plugin.Name} storage.attach: EPROTO ({complaint})", "docs/plugins.md tells what its result holds");
        }

        return StepValues.Of((Result, reply.Result!.Value.GetRawText()), PluginSteps.StateOf(reply));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => PluginSteps.Undo(step, receipt, context, caller, warn);

    /// <summary>What is wrong with a reply to an attachment, or null.</summary>
    internal static string? Complaint(PluginReply reply)
    {
        try
        {
            var mounts = (reply.Result is { } json ? JsonSerializer.Deserialize(json, PluginJson.Default.StorageResult) : null)?.Mounts ?? [];
            return mounts.Count == 0 ? "it gave no mounts"
                : mounts[0].Target.Trim('/').Length > 0 ? "its first mount is not the target itself"
                : mounts.FirstOrDefault(m => m.Type == "bind" && !Directory.Exists(m.Source)) is { } missing ? $"it gave {PluginFailures.Shown(missing.Source)} to bind, which is no directory"
                : null;
        }
        catch (JsonException e)
        {
            return $"its result is not one: {PluginFailures.Shown(e.Message)}";
        }
    }
}
