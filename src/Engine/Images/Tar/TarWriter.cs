using System.Globalization;
using System.Text;
using MiniDock.Engine.Trees;

namespace MiniDock.Engine.Images.Tar;

/// <summary>
/// Writes tar: ustar headers, and a pax header before each member that one cannot hold (long names, large ids, nanoseconds, extended attributes).
/// Names are written as the bytes that they are. Sparse files have GNU's format 1.0: their map, then their data. The same tree gives the same bytes.
/// </summary>
public sealed class TarWriter(Stream output) : ITreeSink
{
    private const int NameBytes = 100;
    private const long MostOctal7 = (1L << 21) - 1;
    private const long MostOctal11 = (1L << 33) - 1;

    private readonly byte[] _buffer = new byte[256 * 1024];

    /// <summary>Bytes written so far.</summary>
    public long PositionBytes { get; private set; }

    /// <inheritdoc/>
    /// <remarks>A file that has become shorter is filled up with zeros: the archive stays whole.</remarks>
    public void Add(TarEntry entry, FileData? data)
    {
        var pax = new PaxRecordWriter();
        var map = entry.SparseExtents is { } extents ? MapOf(extents) : [];
        var stored = entry.Type == TarEntryType.File ? entry.StoredBytes + map.Length : 0;
        var name = entry.Name.Span;
        if (map.Length > 0)
        {
            pax.Add("GNU.sparse.major", "1");
            pax.Add("GNU.sparse.minor", "0");
            pax.Add("GNU.sparse.name", name);
            pax.Add("GNU.sparse.realsize", Decimal(entry.SizeBytes));
        }
        else if (name.Length > NameBytes)
        {
            pax.Add("path", name);
        }

        AddRecords(pax, entry, stored);
        if (pax.Bytes.Length > 0)
        {
            WriteHeader("././@PaxHeader"u8, (byte)'x', new TarEntry { Type = TarEntryType.File, Name = default, Mode = 0x1A4 }, pax.Bytes.Length);
            Write(pax.Bytes);
            Pad(pax.Bytes.Length);
        }

        WriteHeader(name, TypeOf(entry.Type), entry, stored);
        Write(map);
        WriteData(data, entry.StoredBytes, stored);
    }

    /// <summary>Writes the end mark.</summary>
    public void Finish() => Write(new byte[2 * TarHeader.BlockBytes]);

    private static void AddRecords(PaxRecordWriter pax, TarEntry entry, long stored)
    {
        if (entry.LinkName.Length > NameBytes)
        {
            pax.Add("linkpath", entry.LinkName.Span);
        }

        if (stored > MostOctal11)
        {
            pax.Add("size", Decimal(stored));
        }

        if (entry.UserId > MostOctal7)
        {
            pax.Add("uid", Decimal(entry.UserId));
        }

        if (entry.GroupId > MostOctal7)
        {
            pax.Add("gid", Decimal(entry.GroupId));
        }

        if (entry.ModifiedNanoseconds != 0 || entry.ModifiedSeconds is < 0 or > MostOctal11)
        {
            pax.Add("mtime", Time(entry.ModifiedSeconds, entry.ModifiedNanoseconds));
        }

        foreach (var attribute in entry.ExtendedAttributes)
        {
            pax.Add("SCHILY.xattr." + SchilyAttribute.Encode(attribute.Name), attribute.Value.Span);
        }
    }

    private static string Decimal(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(long seconds, int nanoseconds)
    {
        // Nanoseconds count forwards, the text's fraction counts away from zero.
        var (sign, whole, part) = seconds < 0 && nanoseconds > 0
            ? ("-", -(seconds + 1), 1_000_000_000 - nanoseconds)
            : (seconds < 0 ? "-" : "", Math.Abs(seconds), nanoseconds);
        var text = $"{sign}{Decimal(whole)}";
        return part == 0 ? text : $"{text}.{part.ToString("d9", CultureInfo.InvariantCulture).TrimEnd('0')}";
    }

    private static byte[] MapOf(IReadOnlyList<SparseExtent> extents)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{extents.Count}\n");
        foreach (var extent in extents)
        {
            text.Append(CultureInfo.InvariantCulture, $"{extent.OffsetBytes}\n{extent.LengthBytes}\n");
        }

        var map = new byte[(text.Length + TarHeader.BlockBytes - 1) / TarHeader.BlockBytes * TarHeader.BlockBytes];
        Encoding.ASCII.GetBytes(text.ToString(), map);
        return map;
    }

    private static byte TypeOf(TarEntryType type) => type switch
    {
        TarEntryType.HardLink => (byte)'1',
        TarEntryType.SymbolicLink => (byte)'2',
        TarEntryType.CharacterDevice => (byte)'3',
        TarEntryType.BlockDevice => (byte)'4',
        TarEntryType.Directory => (byte)'5',
        TarEntryType.Fifo => (byte)'6',
        _ => (byte)'0',
    };

    private static void Octal(Span<byte> field, long value, long most)
    {
        // What does not fit is in the pax header.
        var digits = field[..^1];
        var left = value >= 0 && value <= most ? value : 0;
        for (var i = digits.Length - 1; i >= 0; i--, left >>= 3)
        {
            digits[i] = (byte)('0' + (left & 7));
        }

        field[^1] = 0;
    }

    private void WriteHeader(ReadOnlySpan<byte> name, byte type, TarEntry entry, long size)
    {
        Span<byte> block = stackalloc byte[TarHeader.BlockBytes];
        block.Clear();
        name[..Math.Min(name.Length, NameBytes)].CopyTo(block);
        Octal(block.Slice(100, 8), entry.Mode, MostOctal7);
        Octal(block.Slice(108, 8), entry.UserId, MostOctal7);
        Octal(block.Slice(116, 8), entry.GroupId, MostOctal7);
        Octal(block.Slice(124, 12), size, MostOctal11);
        Octal(block.Slice(136, 12), entry.ModifiedSeconds, MostOctal11);
        block[156] = type;
        var link = entry.LinkName.Span;
        link[..Math.Min(link.Length, NameBytes)].CopyTo(block[157..]);
        "ustar\0"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        if (entry.Type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice)
        {
            Octal(block.Slice(329, 8), entry.DeviceMajor, MostOctal7);
            Octal(block.Slice(337, 8), entry.DeviceMinor, MostOctal7);
        }

        // The checksum's own field counts as spaces.
        block.Slice(148, 8).Fill((byte)' ');
        long sum = 0;
        foreach (var value in block)
        {
            sum += value;
        }

        Octal(block.Slice(148, 7), sum, MostOctal7);
        Write(block);
    }

    private void WriteData(FileData? data, long byteCount, long stored)
    {
        for (var left = byteCount; left > 0;)
        {
            var part = _buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length));
            var count = data?.Read(part) ?? 0;
            if (count == 0)
            {
                part.Clear();
                count = part.Length;
            }

            Write(part[..count]);
            left -= count;
        }

        Pad(stored);
    }

    private void Pad(long written)
    {
        Span<byte> zeros = stackalloc byte[TarHeader.BlockBytes];
        zeros.Clear();
        Write(zeros[..(int)(-written & (TarHeader.BlockBytes - 1))]);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        PositionBytes += bytes.Length;
    }
}
