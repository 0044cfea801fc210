using System.Text;

namespace MiniDock.Cli.Output;

/// <summary>Text that comes from a container, an image or a file, made safe to show on a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Replaces control characters (C0, DEL, C1) and the bidirectional overrides by their escaped spelling, so that text cannot steer a terminal.</summary>
    public static string Escape(string text)
    {
        var first = 0;
        while (first < text.Length && !IsDangerous(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var result = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var c in text.AsSpan(first))
        {
            _ = c switch
            {
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when !IsDangerous(c) => result.Append(c),
                < (char)0x100 => result.Append("\\x").Append(((int)c).ToString("x2", null)),
                _ => result.Append("\\u").Append(((int)c).ToString("x4", null)),
            };
        }

        return result.ToString();
    }

    private static bool IsDangerous(char c) =>
        c < ' ' || c is >= '\u007f' and <= '\u009f' or '\u2028' or '\u2029' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
