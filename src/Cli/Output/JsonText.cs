using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output;

/// <summary>JSON as text. Control characters are always escaped; letters of all languages are not.</summary>
internal static class JsonText
{
    /// <summary>On one line.</summary>
    public static string OneLine(JsonNode? node) => Write(node, indented: false);

    /// <summary>Indented.</summary>
    public static string Indented(JsonNode? node) => Write(node, indented: true);

    private static string Write(JsonNode? node, bool indented)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
