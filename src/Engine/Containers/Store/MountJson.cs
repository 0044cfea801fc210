using System.Buffers;
using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>A mount as the steps of a live change hold it: the object that it is in a specification.</summary>
internal static class MountJson
{
    /// <summary>The object as text.</summary>
    public static string ToText(MountSpec mount)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, QuickJson.Options))
        {
            json.WriteStartObject();
            SpecWriter.Mount(json, mount);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Reads such a text.</summary>
    public static MountSpec Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return SpecReader.Mount(document.RootElement);
    }
}
