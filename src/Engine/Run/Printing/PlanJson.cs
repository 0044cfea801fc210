using System.Buffers;
using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Printing;

/// <summary>Prints a plan as JSON: <c>--explain=json</c>.</summary>
public static class PlanJson
{
    /// <summary>The plan as one indented JSON array of steps.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trace">What its steps took, or null before a run.</param>
    public static string Print(RunPlan plan, PlanTrace? trace = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var step in plan.Steps)
            {
                Write(json, step, trace);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, PlanStep step, PlanTrace? trace)
    {
        json.WriteStartObject();
        json.WriteString("id", step.Id);
        json.WriteString("phase", step.Phase.ToString());
        json.WriteString("kind", step.Kind);
        json.WriteString("scope", step.Scope.ToString());
        json.WriteString("why", step.Why);
        json.WriteString("manPage", step.ManPage);
        json.WriteString("shell", step.Shell);
        Write(json, "arguments", step.Arguments);
        json.WriteStartArray("requires");
        foreach (var required in step.Requires)
        {
            json.WriteStringValue(required);
        }

        json.WriteEndArray();
        if (trace?.Of(step) is { } traced)
        {
            json.WriteNumber("milliseconds", traced.Took.TotalMilliseconds);
            Write(json, "receipt", traced.Receipt);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, StepValues values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
