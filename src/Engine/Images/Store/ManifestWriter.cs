using System.Text.Json;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>Writes an image's manifest (OCI image spec, manifest.md); layers are plain tars, so their digests are their diff ids.</summary>
internal static class ManifestWriter
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    public static byte[] Write(Digest configDigest, long configBytes, IEnumerable<(Digest DiffId, long TarBytes)> layers)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", ManifestType);
            json.WriteStartObject("config");
            WriteDescriptor(json, ConfigType, configDigest, configBytes);
            json.WriteEndObject();
            json.WriteStartArray("layers");
            foreach (var (diffId, tarBytes) in layers)
            {
                json.WriteStartObject();
                WriteDescriptor(json, LayerType, diffId, tarBytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return memory.ToArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, string type, Digest digest, long sizeBytes)
    {
        json.WriteString("mediaType", type);
        json.WriteString("digest", digest.ToString());
        json.WriteNumber("size", sizeBytes);
    }
}
