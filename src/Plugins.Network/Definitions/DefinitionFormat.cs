using System.Buffers;
using System.Text.Json;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>JSON of network definitions. Read and written by hand: the first use of a serializer costs a millisecond of every start.</summary>
public static class DefinitionFormat
{
    /// <summary>Writes a definition.</summary>
    public static byte[] Write(NetworkDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", definition.Name);
            writer.WriteString("driver", definition.Driver);
            writer.WriteString("subnet", definition.Subnet.ToString());
            writer.WriteString("gateway", definition.Gateway.ToString());
            writer.WriteString("device", definition.Device);
            writer.WriteNumber("mtu", definition.MtuBytes);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a definition. Unknown members are left for later versions; <c>driver gateway device mtu</c> have defaults.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">Name that the file must be for.</param>
    /// <param name="defaultDevice">Device where the file names none.</param>
    /// <exception cref="FormatException">It is no definition of that network.</exception>
    public static NetworkDefinition Read(ReadOnlySpan<byte> json, string name, string defaultDevice)
    {
        var members = ReadMembers(json);
        string? Text(string member) => members.GetValueOrDefault(member);

        if (Text("name") is { } own && own != name)
        {
            throw new FormatException($"it defines '{own}'");
        }

        var subnet = Text("subnet") is { } text && Ipv4Subnet.TryParse(text, out var parsed)
            ? parsed
            : throw new FormatException("'subnet' must be an IPv4 network such as 10.1.0.0/24, host bits zero");
        if (subnet.HostCount < 2)
        {
            throw new FormatException($"'subnet' {subnet} has no room for a gateway and a container");
        }

        var gateway = ReadGateway(Text("gateway"), subnet);
        var device = Text("device") ?? defaultDevice;
        if (!NetworkNames.IsInterfaceName(device))
        {
            throw new FormatException($"'device' {device} cannot be the name of an interface");
        }

        var mtu = 0;
        if (Text("mtu") is { } mtuText && (!int.TryParse(mtuText, out mtu) || mtu is < 0 or > 65535 or (> 0 and < 68)))
        {
            throw new FormatException("'mtu' must be 0 or 68 to 65535");
        }

        return new NetworkDefinition(name, Text("driver") ?? "bridge", subnet, gateway, device, mtu);
    }

    private static Ipv4Address ReadGateway(string? text, Ipv4Subnet subnet)
    {
        if (text is null)
        {
            return subnet.First;
        }

        return Ipv4Address.TryParse(text, out var gateway) && subnet.HoldsHost(gateway)
            ? gateway
            : throw new FormatException($"'gateway' must be a host's address of {subnet}");
    }

    private static Dictionary<string, string> ReadMembers(ReadOnlySpan<byte> json)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException("it is no JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = reader.GetString()!;
                reader.Read();
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                {
                    members[member] = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no JSON: {e.Message}", e);
        }

        return members;
    }
}
