using System.Text;

namespace MiniDock.Engine.Images.Tar;

/// <summary>Reads tar strictly and byte-exactly: v7, ustar, GNU and pax, in one pass.</summary>
/// <remarks>
/// Anything that does not add up is refused: a wrong checksum, a size or map that does not fit, an archive without its end
/// mark, data after it. The caller moves on with <see cref="Next"/>; data that it did not read is passed over.
/// </remarks>
public sealed class TarReader(IBlockSource source)
{
    /// <summary>Most bytes of a pax header or long name; real ones are under a few KiB.</summary>
    public const int MaxExtensionBytes = 1024 * 1024;

    /// <summary>PATH_MAX without its NUL.</summary>
    public const int MaxPathBytes = 4095;

    private readonly byte[] _block = new byte[TarHeader.BlockBytes];
    private PaxAttributes _global = new();
    private byte[]? _longName;
    private byte[]? _longLink;
    private PaxAttributes? _local;
    private long _unreadBytes;
    private long _paddingBytes;
    private Memory<byte> _left;

    /// <summary>The next member, or null after the end mark.</summary>
    /// <exception cref="ArchiveException">The archive is damaged or not allowed.</exception>
    public TarEntry? Next()
    {
        PassOverData();
        while (true)
        {
            var offset = source.PositionBytes;
            var block = source.ReadBlock();
            if (block.Length == TarHeader.BlockBytes && !IsZero(block))
            {
                try
                {
                    if (Read(block) is { } entry)
                    {
                        return entry;
                    }
                }
                catch (ArchiveException e)
                {
                    throw new ArchiveException($"member at byte {offset}: {e.Message}", e.Hint, e);
                }
            }
            else if (block.IsEmpty || !IsZero(block))
            {
                throw new ArchiveException(offset == 0
                    ? "not a tar archive"
                    : $"cut short at byte {source.PositionBytes}: no end-of-archive mark");
            }
            else
            {
                CheckNothingFollows();
                return null;
            }
        }
    }

    /// <summary>Reads data of the member that <see cref="Next"/> gave last; 0 after its last byte. The data of a sparse file is without its holes.</summary>
    /// <exception cref="ArchiveException">The archive is cut short.</exception>
    public int Read(Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && (_left.Length > 0 || _unreadBytes > 0))
        {
            if (_left.IsEmpty)
            {
                ReadDataBlock();
            }

            var count = Math.Min(_left.Length, buffer.Length - done);
            _left.Span[..count].CopyTo(buffer[done..]);
            _left = _left[count..];
            done += count;
        }

        return done;
    }

    private void ReadDataBlock()
    {
        var take = (int)Math.Min(_unreadBytes, TarHeader.BlockBytes);
        var block = source.ReadBlock();
        if (block.Length < TarHeader.BlockBytes)
        {
            throw new ArchiveException($"cut short at byte {source.PositionBytes}: inside a member's data");
        }

        block[..take].CopyTo(_block);
        _left = _block.AsMemory(0, take);
        _unreadBytes -= take;
        _paddingBytes = _unreadBytes == 0 ? 0 : _paddingBytes;
    }

    private TarEntry? Read(ReadOnlySpan<byte> block)
    {
        var header = new TarHeader(block);
        if (!header.IsChecksumRight())
        {
            throw new ArchiveException(
                source.PositionBytes == TarHeader.BlockBytes ? "not a tar archive" : "wrong header checksum",
                "the archive is damaged, or not one of tar, tar.gz, tar.xz, tar.zst, tar.bz2");
        }

        switch (header.TypeFlag)
        {
            case (byte)'x' or (byte)'X':
                (_local ??= _global.Copy()).Add(ReadExtension(header));
                return null;
            case (byte)'g':
                _global.Add(ReadExtension(header));
                return null;
            case (byte)'L':
                _longName = CutAtNul(ReadExtension(header));
                return null;
            case (byte)'K':
                _longLink = CutAtNul(ReadExtension(header));
                return null;
            case (byte)'V':
                // A volume label makes nothing.
                _longName = _longLink = null;
                _local = null;
                return null;
            default:
                var entry = ReadMember(header, block);
                _longName = _longLink = null;
                _local = null;
                return entry;
        }
    }

    private TarEntry ReadMember(TarHeader header, ReadOnlySpan<byte> block)
    {
        var pax = _local ?? _global;
        var sparse = pax.Sparse;
        var name = sparse?.Name ?? pax.Path ?? _longName ?? Join(header.Prefix, header.Name);
        var link = pax.LinkPath ?? _longLink ?? header.LinkName.ToArray();
        var type = TypeOf(header.TypeFlag, name);
        var isFile = type == TarEntryType.File;
        var stored = isFile ? pax.SizeBytes ?? Number(header.SizeField, "size") : 0;
        var (seconds, nanoseconds) = pax.Modified ?? (Signed(header.ModifiedField, "mtime"), 0);
        var mode = (int)(Number(header.ModeField, "mode") & 0xFFF);
        var userId = Id(pax.UserId ?? Number(header.UserIdField, "uid"), "uid");
        var groupId = Id(pax.GroupId ?? Number(header.GroupIdField, "gid"), "gid");
        var isDevice = type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice;
        var major = isDevice ? Id(pax.DeviceMajor ?? Number(header.DeviceMajorField, "device major"), "device major") : 0;
        var minor = isDevice ? Id(pax.DeviceMinor ?? Number(header.DeviceMinorField, "device minor"), "device minor") : 0;
        CheckNames(name, link, type);
        _unreadBytes = stored;
        _paddingBytes = PaddingOf(stored);

        // From here on the header's block may be gone: reading a map moves the source.
        var size = stored;
        List<SparseExtent>? extents = null;
        if (header.TypeFlag == (byte)'S')
        {
            (extents, size) = SparseMap.ReadOldGnu(block.ToArray(), source);
        }
        else if (isFile && sparse is not null)
        {
            size = sparse.RealSizeBytes ?? throw new ArchiveException("sparse map: no real size");
            extents = sparse.IsMapInData ? ReadMapInData(ref stored) : sparse.Extents;
        }

        if (extents is not null)
        {
            SparseMap.Check(extents, size, stored);
        }

        return new TarEntry
        {
            Type = type,
            Name = name,
            LinkName = type is TarEntryType.HardLink or TarEntryType.SymbolicLink ? link : default(ReadOnlyMemory<byte>),
            Mode = mode,
            UserId = userId,
            GroupId = groupId,
            ModifiedSeconds = seconds,
            ModifiedNanoseconds = nanoseconds,
            SizeBytes = size,
            StoredBytes = stored,
            DataOffsetBytes = source.PositionBytes,
            DeviceMajor = major,
            DeviceMinor = minor,
            ExtendedAttributes = pax.ExtendedAttributes,
            TextualAcls = pax.TextualAcls,
            SparseExtents = extents,
        };
    }

    private List<SparseExtent> ReadMapInData(ref long stored)
    {
        var extents = SparseMap.ReadFromData(source, stored, out var mapBytes);
        stored -= mapBytes;
        _unreadBytes = stored;
        return extents;
    }

    private byte[] ReadExtension(TarHeader header)
    {
        var size = Number(header.SizeField, "size");
        if (size > MaxExtensionBytes)
        {
            throw new ArchiveException($"extension header of {size} bytes, the most is {MaxExtensionBytes}");
        }

        var data = new byte[size];
        for (var done = 0; done < size; done += TarHeader.BlockBytes)
        {
            var block = source.ReadBlock();
            var take = (int)Math.Min(size - done, TarHeader.BlockBytes);
            if (block.Length < take)
            {
                throw new ArchiveException("cut short inside an extension header");
            }

            block[..take].CopyTo(data.AsSpan(done));
        }

        return data;
    }

    private void PassOverData()
    {
        var wanted = _unreadBytes + _paddingBytes;
        if (source.Skip(wanted) != wanted)
        {
            throw new ArchiveException($"cut short at byte {source.PositionBytes}: inside a member's data");
        }

        _unreadBytes = _paddingBytes = 0;
        _left = default;
    }

    private void CheckNothingFollows()
    {
        var block = source.ReadBlock();
        while (!block.IsEmpty)
        {
            if (!IsZero(block))
            {
                throw new ArchiveException($"data after the end of the archive, at byte {source.PositionBytes - block.Length}");
            }

            block = source.ReadBlock();
        }
    }

    private static TarEntryType TypeOf(byte flag, ReadOnlySpan<byte> name) => flag switch
    {
        // v7 has no type for directories, only the slash.
        (byte)'0' or 0 when name.EndsWith("/"u8) => TarEntryType.Directory,
        (byte)'0' or 0 or (byte)'7' or (byte)'S' => TarEntryType.File,
        (byte)'1' => TarEntryType.HardLink,
        (byte)'2' => TarEntryType.SymbolicLink,
        (byte)'3' => TarEntryType.CharacterDevice,
        (byte)'4' => TarEntryType.BlockDevice,
        (byte)'5' => TarEntryType.Directory,
        (byte)'6' => TarEntryType.Fifo,
        (byte)'M' => throw new ArchiveException("a file continued from another volume"),
        _ => throw new ArchiveException($"unknown member type 0x{flag:x2}"),
    };

    private static void CheckNames(byte[] name, byte[] link, TarEntryType type)
    {
        if (name.Length == 0)
        {
            throw new ArchiveException("a member without a name");
        }

        if (name.Length > MaxPathBytes || link.Length > MaxPathBytes)
        {
            throw new ArchiveException($"a path of {Math.Max(name.Length, link.Length)} bytes, the most is {MaxPathBytes}");
        }

        if (link.Length == 0 && type is TarEntryType.HardLink or TarEntryType.SymbolicLink)
        {
            throw new ArchiveException($"{Encoding.UTF8.GetString(name)}: a link without a target");
        }
    }

    private static byte[] Join(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name) =>
        prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];

    private static byte[] CutAtNul(byte[] data)
    {
        var end = data.AsSpan().IndexOf((byte)0);
        return end < 0 ? data : data[..end];
    }

    private static long Number(ReadOnlySpan<byte> field, string what)
    {
        var value = Signed(field, what);
        return value >= 0 ? value : throw new ArchiveException($"{what} is negative");
    }

    private static long Signed(ReadOnlySpan<byte> field, string what) => TarNumber.TryParseField(field, out var value)
        ? value
        : throw new ArchiveException($"{what} is not a number");

    private static uint Id(long value, string what) => value < uint.MaxValue
        ? (uint)value
        : throw new ArchiveException($"{what} {value} is over {uint.MaxValue - 1}");

    private static long PaddingOf(long size) => -size & (TarHeader.BlockBytes - 1);

    private static bool IsZero(ReadOnlySpan<byte> block) => !block.ContainsAnyExcept((byte)0);
}
