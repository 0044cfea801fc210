using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniDock.Engine.Containers.Logs;

/// <summary>One line of output that is being collected, and its record.</summary>
internal sealed class LogLine(string stream)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly ArrayBufferWriter<byte> _record = new(512);

    public int Length => _text.WrittenCount;

    public bool IsWhole => Length > 0 && _text.WrittenSpan[^1] == (byte)'\n';

    public void Append(ReadOnlySpan<byte> bytes) => _text.Write(bytes);

    /// <summary>The record of the line, which starts anew. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(DateTimeOffset time)
    {
        _record.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_record, Options))
        {
            json.WriteStartObject();
            WriteText(json);
            json.WriteString("stream"u8, stream);
            json.WriteString("time"u8, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        _record.Write("\n"u8);
        _text.ResetWrittenCount();
        return _record.WrittenSpan;
    }

    // JSON holds characters: bytes that are no UTF-8 become U+FFFD, as in docker's files.
    private void WriteText(Utf8JsonWriter json)
    {
        if (System.Text.Unicode.Utf8.IsValid(_text.WrittenSpan))
        {
            json.WriteString("log"u8, _text.WrittenSpan);
        }
        else
        {
            json.WriteString("log"u8, Encoding.UTF8.GetString(_text.WrittenSpan));
        }
    }
}
