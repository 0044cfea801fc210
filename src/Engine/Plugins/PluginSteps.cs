using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>What the steps of plugins have in common: the plugin and the request as arguments, so that undoing needs nothing but the journal.</summary>
internal static class PluginSteps
{
    public const string Plugin = "plugin";
    private const string Directory = "directory";
    private const string Request = "request";
    private const string State = "state";

    /// <summary>Arguments of a step that calls a plugin.</summary>
    public static StepValues Arguments(InstalledPlugin plugin, PluginRequest request, params ReadOnlySpan<(string, string?)> more) => StepValues.Of(
        [(Plugin, plugin.Name), (Directory, plugin.Directory), (Request, JsonSerializer.Serialize(request, PluginJson.Default.PluginRequest)), .. more]);

    /// <summary>The container as plugins are told of it, before it has a process.</summary>
    public static PluginContainer Container(ContainerSpec spec, EnginePaths paths) => new()
    {
        Id = spec.Id.Value,
        Name = spec.Name,
        Bundle = paths.RunDirectory(spec.Id),
        Rootless = Processes.EffectiveUid != 0,
        Labels = spec.Labels,
    };

    /// <summary>The plugin of a step; null: it is not installed any more.</summary>
    public static InstalledPlugin? Of(PlanStep step) => PluginCatalog.In(step.Arguments[Directory]);

    /// <summary>The plugin of a step that is about to be applied.</summary>
    public static InstalledPlugin Required(PlanStep step)
    {
        var plugin = Of(step) ?? throw new EngineException($"plugin {step.Arguments[Plugin]}: ENOENT (no manifest in {step.Arguments[Directory]})", "it was removed meanwhile");
        plugin.ThrowIfUnusable();
        return plugin;
    }

    /// <summary>The request of a step.</summary>
    public static PluginRequest RequestOf(PlanStep step) =>
        JsonSerializer.Deserialize(step.Arguments[Request], PluginJson.Default.PluginRequest)
        ?? throw new InvalidOperationException($"step {step.Id} has no request");

    /// <summary>State of a reply, for a receipt.</summary>
    public static (string, string?) StateOf(PluginReply reply) => (State, reply.State?.GetRawText());

    /// <summary>The state that a receipt holds.</summary>
    public static JsonElement? StateOf(StepValues? receipt) => receipt?.Find(State) is { } text ? Parse(text) : null;

    /// <summary>A JSON value that lives on its own.</summary>
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>What a person would type instead, or the plugin's own steps.</summary>
    /// <param name="explained">The plugin's own steps; null where it was not asked for them.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="operation">The operation.</param>
    public static string Shell(IReadOnlyList<PluginStep>? explained, InstalledPlugin plugin, string operation) =>
        explained is { Count: > 0 }
            ? string.Join('\n', explained.Select(s => s.Shell is null ? $"# {s.Why}" : $"{s.Shell}   # {s.Why}"))
            : $"echo '{{\"v\":1,\"id\":1,\"op\":\"{PluginOperations.InRequest(plugin.Manifest!.Kind, operation)}\",…}}' | {plugin.Program}{(plugin.Manifest.Mode == PluginMode.Session ? " 3>&1" : "")}";

    /// <summary>Undoes what a plugin has done, and lets it collect where it is not known what it has done.</summary>
    public static void Undo(PlanStep step, StepValues? receipt, IStepContext context, PluginCaller caller, Action<string> warn, PluginNamespaces? namespaces = null)
    {
        if (Of(step) is not { } plugin)
        {
            warn($"plugin {step.Arguments[Plugin]}: ENOENT (not in {step.Arguments[Directory]} any more: what it made for container {context.ContainerId.Short} may be left)");
            return;
        }

        plugin.ThrowIfUnusable();
        try
        {
            caller.Call(plugin, PluginOperations.Detach, RequestOf(step) with { Op = "", State = StateOf(receipt), Ns = namespaces });
            if (receipt is null && plugin.Has(PluginOperations.Collect))
            {
                caller.Call(plugin, PluginOperations.Collect, new PluginRequest { Op = "", Alive = Alive(context) });
            }
        }
        finally
        {
            caller.EndSessions();
        }
    }

    // The container itself is being undone.
    private static List<string> Alive(IStepContext context) =>
        System.IO.Directory.Exists(context.Paths.RunContainers)
            ? [.. System.IO.Directory.EnumerateDirectories(context.Paths.RunContainers).Select(d => Path.GetFileName(d)).Where(id => id != context.ContainerId.Value)]
            : [];
}
