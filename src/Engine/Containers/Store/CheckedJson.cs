using System.Buffers;
using System.Buffers.Text;
using MiniDock.Engine.Checksums;

namespace MiniDock.Engine.Containers.Store;

/// <summary>A JSON object whose last member is the checksum of all bytes before it: a bit that a disk has flipped is noticed wherever it is.</summary>
internal static class CheckedJson
{
    private const int DigitCount = 8;

    private static ReadOnlySpan<byte> Member => ",\"crc32c\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    private static int SealBytes => Member.Length + DigitCount + End.Length;

    /// <summary>Adds the checksum to a whole object that has members.</summary>
    /// <param name="text">The object; its closing brace makes room for the new member.</param>
    /// <returns>The sealed object.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> text)
    {
        var content = text[..^1];
        var result = new byte[content.Length + SealBytes];
        content.CopyTo(result);
        Write(result.AsSpan(content.Length), Crc32C.Of(content));
        return result;
    }

    /// <summary>Whether the object is as it was sealed.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text)
    {
        if (text.Length < SealBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SealBytes];
        Write(expected, Crc32C.Of(text[..^SealBytes]));
        return text.EndsWith(expected);
    }

    private static void Write(Span<byte> seal, uint checksum)
    {
        Member.CopyTo(seal);
        Utf8Formatter.TryFormat(checksum, seal[Member.Length..], out _, new StandardFormat('x', DigitCount));
        End.CopyTo(seal[(Member.Length + DigitCount)..]);
    }
}
