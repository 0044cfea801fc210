using System.Text;
using System.Text.Json;

namespace MiniDock.Cli.Output;

/// <summary>Prints names with values, as lines or as one JSON object.</summary>
internal static class FactList
{
    /// <summary>Prints the facts under a heading.</summary>
    public static void Write(TextWriter output, string heading, IReadOnlyList<(string Name, string Value)> facts, bool asJson)
    {
        if (!asJson)
        {
            output.WriteLine($"{heading}:");
            var width = facts.Max(f => f.Name.Length) + 2;
            foreach (var (name, value) in facts)
            {
                output.WriteLine($" {(name + ":").PadRight(width)}{TerminalText.Escape(value)}");
            }

            return;
        }

        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in facts)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
