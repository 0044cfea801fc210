using System.Buffers.Text;
using System.Text;

namespace MiniDock.Engine.Images.Tar;

/// <summary>libarchive's spelling of an extended attribute: name percent-encoded, value in unpadded base64.</summary>
internal static class LibarchiveAttribute
{
    public static (string Name, byte[] Value) Decode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var name = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == (byte)'%' && i + 2 < key.Length
                && char.IsAsciiHexDigit((char)key[i + 1]) && char.IsAsciiHexDigit((char)key[i + 2]))
            {
                name.Append((char)((HexValue(key[i + 1]) << 4) | HexValue(key[i + 2])));
                i += 2;
            }
            else
            {
                name.Append((char)key[i]);
            }
        }

        var trimmed = value.TrimEnd((byte)'=');
        var padded = new byte[(trimmed.Length + 3) / 4 * 4];
        padded.AsSpan().Fill((byte)'=');
        trimmed.CopyTo(padded);
        var decoded = new byte[padded.Length / 4 * 3];
        return Base64.DecodeFromUtf8(padded, decoded, out _, out var written) == System.Buffers.OperationStatus.Done
            ? (name.ToString(), decoded[..written])
            : throw new ArchiveException("pax header: an extended attribute's value is not base64");
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
