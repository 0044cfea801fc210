using System.Runtime.InteropServices;

namespace MiniDock.Engine.Images.Tar;

/// <summary>The fields of a 512-byte header block, found but not interpreted (POSIX ustar, tar(5)).</summary>
public readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int BlockBytes = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public ReadOnlySpan<byte> Name => Text(0, 100);

    public ReadOnlySpan<byte> ModeField => _block.Slice(100, 8);

    public ReadOnlySpan<byte> UserIdField => _block.Slice(108, 8);

    public ReadOnlySpan<byte> GroupIdField => _block.Slice(116, 8);

    public ReadOnlySpan<byte> SizeField => _block.Slice(124, 12);

    public ReadOnlySpan<byte> ModifiedField => _block.Slice(136, 12);

    public byte TypeFlag => _block[156];

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    /// <summary>POSIX headers have a name prefix; GNU's use those bytes otherwise and v7 has none.</summary>
    public bool IsPosix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8);

    public bool IsGnu => _block.Slice(257, 8).SequenceEqual("ustar  \0"u8);

    public ReadOnlySpan<byte> DeviceMajorField => _block.Slice(329, 8);

    public ReadOnlySpan<byte> DeviceMinorField => _block.Slice(337, 8);

    public ReadOnlySpan<byte> Prefix => IsPosix ? Text(345, 155) : [];

    /// <summary>Whether the sum of all bytes (its own field as spaces) is the one written; old tars summed signed bytes.</summary>
    public bool IsChecksumRight()
    {
        if (!TarNumber.TryParseField(_block.Slice(148, 8), out var written))
        {
            return false;
        }

        // The checksum's own eight bytes count as spaces.
        var field = _block.Slice(148, 8);
        return written == Sum(_block) - Sum(field) + (8 * ' ')
            || written == SignedSum(_block) - SignedSum(field) + (8 * ' ');
    }

    private static long Sum(ReadOnlySpan<byte> bytes)
    {
        // Four 16-bit sums at a time: 64 words of at most 2 * 255 each cannot overflow a lane.
        const ulong EvenBytes = 0x00FF00FF00FF00FF;
        ulong lanes = 0;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            lanes += (word & EvenBytes) + ((word >> 8) & EvenBytes);
        }

        return (long)((lanes & 0xFFFF) + ((lanes >> 16) & 0xFFFF) + ((lanes >> 32) & 0xFFFF) + (lanes >> 48));
    }

    private static long SignedSum(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        foreach (var value in bytes)
        {
            sum += (sbyte)value;
        }

        return sum;
    }

    private ReadOnlySpan<byte> Text(int start, int length)
    {
        var field = _block.Slice(start, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }
}
