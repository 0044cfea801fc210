using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Cli.Output.Templates;

namespace MiniDock.Cli.Output.Lists;

/// <summary>Prints rows as every list command does: a table, JSON, or a template for each. Text of the rows is escaped: it may come from a container.</summary>
/// <param name="columns">The columns of the table, in order.</param>
/// <param name="others">Fields that only templates and JSON show.</param>
internal sealed class ListPrinter(IReadOnlyList<Column> columns, IReadOnlyList<Column> others)
{
    private const string TablePrefix = "table";

    /// <summary>Prints the rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">A map of all fields for each row.</param>
    /// <param name="format"><c>--format</c>, or null.</param>
    /// <param name="asJson">The global <c>--json</c>: one array instead of an object a line.</param>
    public void Print(TextWriter output, IReadOnlyList<JsonObject> rows, string? format, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonText.Indented(new JsonArray([.. rows])));
        }
        else if (format == "json")
        {
            foreach (var row in rows)
            {
                output.WriteLine(JsonText.OneLine(row));
            }
        }
        else if (string.IsNullOrEmpty(format) || format == TablePrefix)
        {
            TextTable.Write(output, [.. columns.Select(c => c.Header)], rows.Select(r => columns.Select(c => Text(r, c.Field)).ToArray()));
        }
        else
        {
            PrintTemplate(output, rows, format);
        }
    }

    private void PrintTemplate(TextWriter output, IReadOnlyList<JsonObject> rows, string format)
    {
        var isTable = format.StartsWith(TablePrefix + " ", StringComparison.Ordinal);
        try
        {
            var template = Template.Parse(isTable ? format[(TablePrefix.Length + 1)..].TrimStart() : format);
            var lines = rows.Select(r => template.Fill(Escaped(r))).ToList();
            if (isTable)
            {
                var headers = new JsonObject(columns.Concat(others).Select(c => KeyValuePair.Create<string, JsonNode?>(c.Field, c.Header)));
                TextTable.Write(output, template.Fill(headers).Split('\t'), lines.Select(l => l.Split('\t')));
                return;
            }

            lines.ForEach(output.WriteLine);
        }
        catch (TemplateException e)
        {
            throw new EngineException(e.Message, e.Hint, exitCode: 1, inner: e);
        }
    }

    private static string Text(JsonObject row, string field) => TerminalText.Escape(TemplateValue.Print(row[field]));

    private static JsonObject Escaped(JsonObject row)
    {
        var escaped = new JsonObject();
        foreach (var (name, value) in row)
        {
            escaped[name] = value is JsonValue v && v.TryGetValue<string>(out var text) ? TerminalText.Escape(text) : value?.DeepClone();
        }

        return escaped;
    }
}
