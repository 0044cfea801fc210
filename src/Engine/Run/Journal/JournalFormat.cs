using System.Buffers;
using System.Text.Json;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Run.Journal;

/// <summary>The records of a journal: one JSON object a line, an intent (<c>step</c>) or a receipt (<c>done</c>).</summary>
/// <remarks>Written and read token by token: source-generated serialisation costs a millisecond at its first use.</remarks>
internal static class JournalFormat
{
    public static void WriteIntent(IBufferWriter<byte> output, PlanStep step)
    {
        using (var json = new Utf8JsonWriter(output, QuickJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("step", step.Id);
            json.WriteString("kind", step.Kind);
            json.WriteString("phase", NameOf(step.Phase));
            json.WriteString("scope", step.Scope == StepScope.Run ? "Run" : "Container");
            json.WriteString("why", step.Why);
            WriteValues(json, step.Arguments);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    public static void WriteReceipt(IBufferWriter<byte> output, string stepId, StepValues receipt)
    {
        using (var json = new Utf8JsonWriter(output, QuickJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("done", stepId);
            WriteValues(json, receipt);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads all whole records. A last line without its line feed, or one that is no JSON, was cut short by a crash: it and
    /// what follows it does not count.</summary>
    public static IReadOnlyList<JournalEntry> Read(ReadOnlySpan<byte> content)
    {
        var entries = new List<JournalEntry>();
        while (content.IndexOf((byte)'\n') is var end and >= 0)
        {
            try
            {
                ReadRecord(content[..end], entries);
            }
            catch (JsonException)
            {
                break;
            }

            content = content[(end + 1)..];
        }

        return entries;
    }

    private static void ReadRecord(ReadOnlySpan<byte> line, List<JournalEntry> entries)
    {
        string? step = null, done = null, kind = null, phase = null, scope = null, why = null;
        var values = StepValues.Empty;
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "step": step = json.GetString(); break;
                case "done": done = json.GetString(); break;
                case "kind": kind = json.GetString(); break;
                case "phase": phase = json.GetString(); break;
                case "scope": scope = json.GetString(); break;
                case "why": why = json.GetString(); break;
                case "values": values = ReadValues(ref json); break;
                default: json.Skip(); break;
            }
        }

        if (step is not null && kind is not null)
        {
            entries.Add(new JournalEntry(
                new PlanStep
                {
                    Id = step,
                    Kind = kind,
                    Phase = PhaseOf(phase),
                    Scope = scope == "Container" ? StepScope.Container : StepScope.Run,
                    Why = why ?? "",
                    Arguments = values,
                },
                null));
            return;
        }

        var index = entries.FindLastIndex(e => e.Step.Id == done);
        if (index >= 0)
        {
            entries[index] = entries[index] with { Receipt = values };
        }
    }

    // By hand: the first name of an enumeration that is asked for sets up reflection.
    private static string NameOf(PlanPhase phase) => phase switch
    {
        PlanPhase.Spawn => "Spawn",
        PlanPhase.HostAfter => "HostAfter",
        PlanPhase.Child => "Child",
        PlanPhase.Started => "Started",
        _ => "HostBefore",
    };

    private static PlanPhase PhaseOf(string? name) => name switch
    {
        "Spawn" => PlanPhase.Spawn,
        "HostAfter" => PlanPhase.HostAfter,
        "Child" => PlanPhase.Child,
        "Started" => PlanPhase.Started,
        _ => PlanPhase.HostBefore,
    };

    private static void WriteValues(Utf8JsonWriter json, StepValues values)
    {
        json.WriteStartObject("values");
        foreach (var (name, value) in values)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static StepValues ReadValues(ref Utf8JsonReader json)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            pairs.Add(new(name, json.GetString() ?? ""));
        }

        return StepValues.Of(pairs);
    }
}
