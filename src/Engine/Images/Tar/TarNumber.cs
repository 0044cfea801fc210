namespace MiniDock.Engine.Images.Tar;

/// <summary>The three ways tar writes a number: octal text, base 256, and decimal text in pax records.</summary>
public static class TarNumber
{
    /// <summary>Reads a header field: octal text padded with spaces or NULs, or GNU's base 256 (first bit set).</summary>
    public static bool TryParseField(ReadOnlySpan<byte> field, out long value)
    {
        if (field.Length > 0 && (field[0] & 0x80) != 0)
        {
            return TryParseBase256(field, out value);
        }

        value = 0;
        var rest = field.TrimStart((byte)' ');
        var digits = 0;
        for (; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'7'; digits++)
        {
            if (value >> 60 != 0)
            {
                return false;
            }

            value = (value << 3) | (uint)(rest[digits] - '0');
        }

        // Whatever follows the terminator is padding that no tar reads.
        return digits == rest.Length || rest[digits] is 0 or (byte)' ';
    }

    /// <summary>Reads an unsigned decimal with nothing around it.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || value > (long.MaxValue - (digit - '0')) / 10)
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Reads pax's <c>[-]seconds[.fraction]</c>; the fraction is cut after nanoseconds, towards the past as the kernel counts.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long seconds, out int nanoseconds)
    {
        nanoseconds = 0;
        var negative = !text.IsEmpty && text[0] == (byte)'-';
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        if (!TryParseDecimal(point < 0 ? digits : digits[..point], out seconds))
        {
            return false;
        }

        var fraction = point < 0 ? [] : digits[(point + 1)..];
        var scale = 100_000_000;
        foreach (var digit in fraction)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            nanoseconds += (digit - '0') * scale;
            scale /= 10;
        }

        if (negative)
        {
            seconds = -seconds;
            if (nanoseconds != 0)
            {
                seconds--;
                nanoseconds = 1_000_000_000 - nanoseconds;
            }
        }

        return true;
    }

    private static bool TryParseBase256(ReadOnlySpan<byte> field, out long value)
    {
        // Bit 7 of the first byte is the mark, bit 6 the sign; the rest is two's complement, most significant first.
        var negative = (field[0] & 0x40) != 0;
        value = negative ? (field[0] | ~0x7FL) : field[0] & 0x3FL;
        foreach (var next in field[1..])
        {
            if (value is > (long.MaxValue >> 8) or < (long.MinValue >> 8))
            {
                return false;
            }

            value = (value << 8) | next;
        }

        return true;
    }
}
