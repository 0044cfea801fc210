using System.Text;
using System.Text.Json;

namespace MiniDock.Engine.Images.Import;

/// <summary>How Dockerfile instructions write lists and words.</summary>
internal static class InstructionText
{
    /// <summary>A JSON array of arguments, or a line for <c>/bin/sh -c</c>.</summary>
    public static List<string> Command(string text) => JsonList(text) ?? ["/bin/sh", "-c", text];

    /// <summary>A JSON array of strings; null where the text is none.</summary>
    public static List<string>? JsonList(string text)
    {
        if (!text.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(one => one.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Words between blanks, with quotes and backslashes as in a shell.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isOpen = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
                isOpen = true;
            }
            else if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isOpen = true;
            }
            else if (c is ' ' or '\t')
            {
                End();
            }
            else
            {
                word.Append(c);
                isOpen = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
                word.Clear();
                isOpen = false;
            }
        }
    }
}
