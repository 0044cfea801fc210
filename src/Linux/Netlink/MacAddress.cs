using System.Globalization;

namespace MiniDock.Linux.Netlink;

/// <summary>An Ethernet address.</summary>
public readonly record struct MacAddress
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 6;

    private readonly ulong _value;

    /// <summary>An address from its six bytes.</summary>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        foreach (byte b in bytes)
        {
            _value = (_value << 8) | b;
        }
    }

    /// <summary>Whether it may be an interface's own: neither a group's nor all zero.</summary>
    public bool IsUnicast => (_value >> 40 & 1) == 0 && _value != 0;

    /// <summary>Writes the six bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        for (int i = 0; i < Size; i++)
        {
            destination[i] = (byte)(_value >> (40 - (8 * i)));
        }
    }

    /// <summary>Parses <c>02:42:ac:11:00:02</c>.</summary>
    public static bool TryParse(string text, out MacAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != (Size * 3) - 1)
        {
            return false;
        }

        for (int i = 0; i < Size; i++)
        {
            if ((i > 0 && text[(i * 3) - 1] != ':')
                || !byte.TryParse(text.AsSpan(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        address = new MacAddress(bytes);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> b = stackalloc byte[Size];
        CopyTo(b);
        return $"{b[0]:x2}:{b[1]:x2}:{b[2]:x2}:{b[3]:x2}:{b[4]:x2}:{b[5]:x2}";
    }
}
