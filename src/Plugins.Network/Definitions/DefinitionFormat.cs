using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>JSON of network definitions. Read and written by hand: the first use of a serializer costs a millisecond of every start.</summary>
public static class DefinitionFormat
{
    private const string Labels = "labels";
    private const string Options = "options";

    /// <summary>Writes a definition.</summary>
    public static byte[] Write(NetworkDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", definition.Name);
            WriteUnlessNull(writer, "id", definition.Id);
            WriteUnlessNull(writer, "created", definition.Created?.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("driver", definition.Driver);
            writer.WriteString("subnet", definition.Subnet.ToString());
            writer.WriteString("gateway", definition.Gateway.ToString());
            WriteUnlessNull(writer, "range", definition.Range?.ToString());
            WriteUnlessNull(writer, "subnet6", definition.Subnet6?.ToString());
            WriteUnlessNull(writer, "gateway6", definition.Gateway6?.ToString());
            writer.WriteString("device", definition.Device);
            writer.WriteNumber("mtu", definition.MtuBytes);
            if (definition.IsInternal)
            {
                writer.WriteBoolean("internal", true);
            }

            if (definition.OwnsDevice)
            {
                writer.WriteBoolean("ownsDevice", true);
            }

            WriteMap(writer, Labels, definition.Labels);
            WriteMap(writer, Options, definition.Options);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a definition. Unknown members are left for later versions; all but <c>subnet</c> have defaults.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">Name that the file must be for.</param>
    /// <param name="defaultDevice">Device where the file names none.</param>
    /// <exception cref="FormatException">It is no definition of that network.</exception>
    public static NetworkDefinition Read(ReadOnlySpan<byte> json, string name, string defaultDevice)
    {
        var members = ReadMembers(json, out var maps);
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

        var subnet6 = ReadSubnet6(Text("subnet6"));
        return new NetworkDefinition(name, Text("driver") ?? "bridge", subnet, gateway, device, mtu)
        {
            Range = ReadRange(Text("range"), subnet),
            Subnet6 = subnet6,
            Gateway6 = ReadGateway6(Text("gateway6"), subnet6),
            IsInternal = Text("internal") == "true",
            OwnsDevice = Text("ownsDevice") == "true",
            Id = Text("id"),
            Created = DateTimeOffset.TryParse(Text("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null,
            Labels = maps.GetValueOrDefault(Labels) ?? NetworkDefinition.None,
            Options = maps.GetValueOrDefault(Options) ?? NetworkDefinition.None,
        };
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

    private static Ipv4Subnet? ReadRange(string? text, Ipv4Subnet subnet)
    {
        if (text is null)
        {
            return null;
        }

        return Ipv4Subnet.TryParse(text, out var range) && subnet.Contains(range.Network) && range.PrefixLength >= subnet.PrefixLength
            ? range
            : throw new FormatException($"'range' must be a network within {subnet}");
    }

    private static Ipv6Subnet? ReadSubnet6(string? text) =>
        text is null ? null
        : Ipv6Subnet.TryParse(text, out var subnet) && subnet.IsUsable ? subnet
        : throw new FormatException("'subnet6' must be an IPv6 network such as fd00:1::/64, host bits zero");

    private static IPAddress? ReadGateway6(string? text, Ipv6Subnet? subnet)
    {
        if (text is null || subnet is not { } network)
        {
            return subnet?.First;
        }

        return Ipv6Subnet.TryParseAddress(text, out var gateway) && network.HoldsHost(gateway)
            ? gateway
            : throw new FormatException($"'gateway6' must be a host's address of {network}");
    }

    private static Dictionary<string, string> ReadMembers(ReadOnlySpan<byte> json, out Dictionary<string, Dictionary<string, string>> maps)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        maps = [];
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
                switch (reader.TokenType)
                {
                    case JsonTokenType.String:
                        members[member] = reader.GetString()!;
                        break;
                    case JsonTokenType.Number or JsonTokenType.True:
                        members[member] = Encoding.UTF8.GetString(reader.ValueSpan);
                        break;
                    case JsonTokenType.StartObject when member is Labels or Options:
                        maps[member] = ReadMap(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no JSON: {e.Message}", e);
        }

        return members;
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                map[key] = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }

        return map;
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, string member, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(member, value);
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, string member, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(member);
        foreach (var (key, value) in map)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
