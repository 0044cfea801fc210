using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>
/// Attaches a container by one plugin of a list; undone by the plugin's DEL. Each plugin is a step of its own, so that the journal does what the
/// specification asks for: DEL in reverse, with the last result, of all that were begun, also where ADD failed or the engine was killed in it.
/// </summary>
public sealed class CniPluginHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cni.plugin";

    /// <summary>What a receipt holds: the result as the plugin wrote it.</summary>
    public const string ResultName = "result";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>Id of a step.</summary>
    /// <param name="attachment">Place of the attachment.</param>
    /// <param name="plugin">Place of the plugin in its list.</param>
    public static string IdOf(int attachment, int plugin) => string.Create(CultureInfo.InvariantCulture, $"net.{attachment}.cni.{plugin}");

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var call = CniCall.From(step.Arguments);
        var result = CniRunner.Run(CniOperation.Add, call, LastResult(step, context)).OrThrow();
        try
        {
            CniResult.Read(result, call.Interface);
            return StepValues.Of((ResultName, result));
        }
        catch (FormatException e)
        {
            throw new EngineException($"cni plugin {call.Plugin} (list {call.Network}, ADD): its result cannot be read: {e.Message}", null, inner: e);
        }
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => Delete(CniCall.From(step.Arguments), LastResult(step, context));

    /// <summary>Detaches; what is gone already is no error.</summary>
    /// <exception cref="EngineException">Something is left behind.</exception>
    internal static void Delete(CniCall call, string? lastResult)
    {
        // The program may have moved to another directory since; and where it is gone, that is told with where it was looked for.
        var program = File.Exists(call.Program) ? CniPrograms.Trusted(call.Program) : CniPrograms.Find(call.Plugin, call.SearchPath);
        var path = Links.HeldNamespace.IsHeld(call.NamespacePath) ? call.NamespacePath : "";
        var previous = CniFormat.IsAtLeast(call.Version, "0.4.0") ? lastResult : null;
        var answer = CniRunner.Run(CniOperation.Delete, call with { Program = program, NamespacePath = path }, previous);
        if (!answer.IsGone)
        {
            throw answer.Error!;
        }
    }

    // With ADD that of the plugin before, with DEL that of the last that had one.
    private static string? LastResult(PlanStep step, IStepContext context)
    {
        var head = step.Id[..step.Id.LastIndexOf('.')];
        for (var plugin = int.Parse(step.Arguments["plugins"], CultureInfo.InvariantCulture) - 1; plugin >= 0; plugin--)
        {
            if (context.ReceiptOf(string.Create(CultureInfo.InvariantCulture, $"{head}.{plugin}"))?.Find(ResultName) is { } result)
            {
                return result;
            }
        }

        return null;
    }
}
