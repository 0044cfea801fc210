using MiniDock.Abstractions;
using MiniDock.Abstractions.Plugins;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>How the failure of a call is told: plugin, operation, what it was, how the program ended and what it wrote last.</summary>
internal static class PluginFailures
{
    /// <summary>The plugin says no.</summary>
    public static EngineException Refused(PluginProcess process, string operation, PluginError? error)
    {
        var code = error is { Code.Length: > 0 } ? error.Code : "EPROTO";
        var message = error is null ? "it gave no reason" : error.Message;
        var detail = error?.Detail is { Length: > 0 } more ? $": {more}" : "";
        return Make(process, operation, $"{Shown(code)} ({Shown(message)}){Shown(detail)}", error?.Hint is { Length: > 0 } hint ? Shown(hint) : null, isRefusal: true);
    }

    /// <summary>The plugin does not keep to the protocol, or not to the time.</summary>
    public static EngineException Broken(PluginProcess process, string operation, string what) =>
        Make(process, operation, what, $"minidock plugin test {process.Plugin.Directory} shows what it answers");

    private static EngineException Make(PluginProcess process, string operation, string what, string? hint, bool isRefusal = false)
    {
        var log = process.Log;
        var text = $"plugin {process.Plugin.Name} {PluginOperations.InRequest(process.Plugin.Manifest!.Kind, operation)}: {what}{(isRefusal && process.Status is { ExitCode: 0 } ? "" : Ended(process.Status))}";
        return new EngineException(log.Count == 0 ? text : $"{text}; it wrote:\n{string.Join('\n', log.Select(l => "  " + l))}", hint);
    }

    private static string Ended(WaitStatus? status) => status switch
    {
        null => "",
        { Signal: { } signal } => $"; it was ended by {(Signal)signal}",
        { } ended => $"; it ended with exit code {ended.ExitCode}",
    };

    /// <summary>Text of a plugin for a terminal.</summary>
    public static string Shown(string text) => string.Concat(text.Take(4096).Select(c => char.IsControl(c) ? ' ' : c));
}
