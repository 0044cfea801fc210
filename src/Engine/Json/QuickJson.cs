using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniDock.Engine.Json;

/// <summary>How the files that every start writes are encoded: only what RFC 8259 demands is escaped.</summary>
/// <remarks>The encoders of the library build a map of all characters at their first use, which costs as much as a mount.</remarks>
internal sealed unsafe class QuickJson : JavaScriptEncoder
{
    /// <summary>For a writer of such a file.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = new QuickJson(), SkipValidation = true };

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            // Half a pair is encoded too: it has no UTF-8.
            if (WillEncode(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\' or (>= 0xD800 and <= 0xDFFF);

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        const string Digits = "0123456789abcdef";
        numberOfCharactersWritten = bufferLength < 6 ? 0 : 6;
        if (numberOfCharactersWritten == 0)
        {
            return false;
        }

        buffer[0] = '\\';
        buffer[1] = 'u';
        for (var i = 0; i < 4; i++)
        {
            buffer[2 + i] = Digits[(unicodeScalar >> (12 - (4 * i))) & 15];
        }

        return true;
    }
}
