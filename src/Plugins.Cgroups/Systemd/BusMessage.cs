using System.Buffers.Binary;
using System.Text;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Messages of D-Bus: a method call as bytes, and what is read of an answer (D-Bus Specification, "Message Format").</summary>
/// <param name="Type">2 is a return, 3 an error, 4 a signal.</param>
/// <param name="ReplyTo">Serial of the call that it answers, or 0.</param>
/// <param name="Error">Name of the error, or null.</param>
/// <param name="Text">The first value of the body where that is a string or a path, or null.</param>
internal sealed record BusMessage(byte Type, uint ReplyTo, string? Error, string? Text)
{
    /// <summary>Length of the part of the header whose length is fixed.</summary>
    public const int FixedLength = 16;

    private const byte MethodCall = 1;
    private const int MaximumLength = 1 << 24;

    /// <summary>A call.</summary>
    public static byte[] Call(uint serial, string destination, string path, string @interface, string member, string signature, ReadOnlySpan<byte> body)
    {
        (byte Code, string Signature, string Value)[] fields =
            [(1, "o", path), (2, "s", @interface), (3, "s", member), (6, "s", destination), .. signature.Length > 0 ? ((byte, string, string)[])[(8, "g", signature)] : []];
        return new BusWriter().Byte((byte)'l').Byte(MethodCall).Byte(0).Byte(1).UInt32((uint)body.Length).UInt32(serial)
            .Array(8, fields, static (writer, field) =>
            {
                writer.Byte(field.Code).Signature(field.Signature);
                _ = field.Signature == "g" ? writer.Signature(field.Value) : writer.Text(field.Value);
            })
            .Align(8).Raw(body).Written.ToArray();
    }

    /// <summary>Length of a message whose fixed part is given; null where it is none.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> head)
    {
        if (head[0] != 'l')
        {
            return null;
        }

        var body = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var fields = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        return body > MaximumLength || fields > MaximumLength ? null : FixedLength + Aligned((int)fields, 8) + (int)body;
    }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BusMessage Parse(ReadOnlySpan<byte> message)
    {
        var end = FixedLength + (int)BinaryPrimitives.ReadUInt32LittleEndian(message[12..]);
        var (reply, error, signature) = (0u, (string?)null, "");
        for (var at = FixedLength; at < end;)
        {
            at = Aligned(at, 8);
            var code = message[at];
            var type = (char)message[at + 2];
            at += 4; // code, and the signature of one letter with its length and its end
            if (type is 'u')
            {
                at = Aligned(at, 4);
                reply = code == 5 ? BinaryPrimitives.ReadUInt32LittleEndian(message[at..]) : reply;
                at += 4;
            }
            else if (type is 's' or 'o')
            {
                var text = String(message, ref at);
                error = code == 4 ? text : error;
            }
            else if (type is 'g')
            {
                signature = Encoding.ASCII.GetString(message.Slice(at + 1, message[at]));
                at += message[at] + 2;
            }
            else
            {
                throw new FormatException("a field of a message has an unknown type");
            }
        }

        var body = Aligned(end, 8);
        return new BusMessage(message[1], reply, error, signature is ['s' or 'o', ..] ? String(message, ref body) : null);
    }

    private static string String(ReadOnlySpan<byte> message, ref int at)
    {
        at = Aligned(at, 4);
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(message[at..]);
        var text = Encoding.UTF8.GetString(message.Slice(at + 4, length));
        at += 4 + length + 1;
        return text;
    }

    private static int Aligned(int offset, int boundary) => (offset + boundary - 1) / boundary * boundary;
}
