using System.Globalization;
using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Hooks;

/// <summary>The steps of <c>--hook-pre-start</c> and <c>--hook-post-stop</c>. All that a hook is told is in its step: recovery has nothing else.</summary>
public static class HookSteps
{
    /// <summary>Kind of a step that runs its command when it is applied.</summary>
    public const string PreStart = "hook.pre-start";

    /// <summary>Kind of a step that runs its command when it is undone.</summary>
    public const string PostStop = "hook.post-stop";

    /// <summary>What is undone last: it comes first in the plan.</summary>
    public static IEnumerable<PlanStep> Before(ContainerSpec spec) =>
        spec.Hooks?.PostStop.Reverse().Select((command, i) => Step(spec, PostStop, PlanPhase.HostBefore, i, command, "after the end, however it comes")) ?? [];

    /// <summary>What is applied last before the user's process runs.</summary>
    public static IEnumerable<PlanStep> After(ContainerSpec spec) =>
        spec.Hooks?.PreStart.Select((command, i) => Step(spec, PreStart, PlanPhase.HostAfter, i, command, "before the program, in namespaces that exist")) ?? [];

    /// <summary>The state that a hook reads on its standard input: OCI runtime spec, runtime.md, "State", and the container's name.</summary>
    /// <param name="step">The hook.</param>
    /// <param name="id">The container.</param>
    /// <param name="status"><c>created</c> or <c>stopped</c>.</param>
    /// <param name="pid">Its first process, or 0.</param>
    /// <param name="bundle">Its run directory.</param>
    internal static byte[] State(PlanStep step, ContainerId id, string status, int pid, string bundle)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("ociVersion", "1.2.0");
            json.WriteString("id", id.Value);
            json.WriteString("name", step.Arguments["name"]);
            json.WriteString("status", status);
            if (pid > 0)
            {
                json.WriteNumber("pid", pid);
            }

            json.WriteString("bundle", bundle);
            json.WritePropertyName("annotations");
            json.WriteRawValue(step.Arguments["annotations"]);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static PlanStep Step(ContainerSpec spec, string kind, PlanPhase phase, int index, string command, string why) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind}.{index}"),
        Phase = phase,
        Kind = kind,
        Arguments = StepValues.Of(("command", command), ("name", spec.Name), ("annotations", Annotations(spec))),
        Requires = kind == PreStart ? [SpawnStep.Id] : [],
        Why = why,
        ManPage = "OCI config.md, \"POSIX-platform Hooks\"",
        Shell = $"echo \"$STATE\" | sh -c {Quoted(command)}",
    };

    private static string Quoted(string command) => $"'{command.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Annotations(ContainerSpec spec)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, value) in spec.Annotations)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }
}
