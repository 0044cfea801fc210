namespace MiniDock.Engine.Images.Tar;

/// <summary>Sparse maps that stand in the archive itself: GNU's old header type and pax format 1.0.</summary>
internal static class SparseMap
{
    /// <summary>Enough for any real file; keeps a map from eating memory.</summary>
    public const int MaxExtents = 65_536;

    private const int MaxLineBytes = 20;
    private const int FieldBytes = 12;

    /// <summary>Reads GNU's old map: four extents in the header, then blocks of twenty-one while a flag says so.</summary>
    public static (List<SparseExtent> Extents, long RealSizeBytes) ReadOldGnu(ReadOnlySpan<byte> header, IBlockSource source)
    {
        var extents = new List<SparseExtent>();
        var realSize = Field(header.Slice(483, FieldBytes));
        var more = header[482] != 0;
        var open = AddFields(extents, header.Slice(386, 4 * 2 * FieldBytes));
        while (more)
        {
            var block = source.ReadBlock();
            if (block.Length != TarHeader.BlockBytes)
            {
                throw new ArchiveException("cut short inside a sparse map");
            }

            more = block[504] != 0;
            open = open && AddFields(extents, block[..(21 * 2 * FieldBytes)]);
        }

        return (extents, realSize);
    }

    /// <summary>Reads format 1.0's map (decimal lines, padded to a block) off the front of the data; returns what it took.</summary>
    public static List<SparseExtent> ReadFromData(IBlockSource source, long available, out long mapBytes)
    {
        var numbers = new LineReader(source, available);
        var count = numbers.Next();
        if (count > MaxExtents)
        {
            throw new ArchiveException($"sparse map: more than {MaxExtents} extents");
        }

        var extents = new List<SparseExtent>((int)count);
        for (var i = 0; i < count; i++)
        {
            var offset = numbers.Next();
            extents.Add(new SparseExtent(offset, numbers.Next()));
        }

        mapBytes = numbers.TakenBytes;
        return extents;
    }

    /// <summary>Refuses a map that overlaps, runs backwards, leaves the file or does not account for the stored bytes.</summary>
    public static void Check(List<SparseExtent> extents, long realSize, long storedBytes)
    {
        long end = 0;
        long total = 0;
        foreach (var extent in extents)
        {
            if (extent.OffsetBytes < end || extent.LengthBytes < 0 || extent.LengthBytes > realSize - extent.OffsetBytes)
            {
                throw new ArchiveException("sparse map: extents overlap or leave the file");
            }

            end = extent.OffsetBytes + extent.LengthBytes;
            total += extent.LengthBytes;
        }

        if (total != storedBytes)
        {
            throw new ArchiveException("sparse map: does not account for the data");
        }
    }

    private static bool AddFields(List<SparseExtent> extents, ReadOnlySpan<byte> fields)
    {
        for (; !fields.IsEmpty; fields = fields[(2 * FieldBytes)..])
        {
            if (fields[0] == 0)
            {
                return false;
            }

            if (extents.Count >= MaxExtents)
            {
                throw new ArchiveException($"sparse map: more than {MaxExtents} extents");
            }

            extents.Add(new SparseExtent(Field(fields[..FieldBytes]), Field(fields.Slice(FieldBytes, FieldBytes))));
        }

        return true;
    }

    private static long Field(ReadOnlySpan<byte> field) => TarNumber.TryParseField(field, out var value) && value >= 0
        ? value
        : throw new ArchiveException("sparse map: not a number");

    private sealed class LineReader(IBlockSource source, long available)
    {
        private readonly byte[] _block = new byte[TarHeader.BlockBytes];
        private int _position = TarHeader.BlockBytes;

        public long TakenBytes { get; private set; }

        public long Next()
        {
            Span<byte> line = stackalloc byte[MaxLineBytes];
            for (var length = 0; length < MaxLineBytes; length++)
            {
                if (_position == TarHeader.BlockBytes)
                {
                    Fill();
                }

                var next = _block[_position++];
                if (next == (byte)'\n')
                {
                    return TarNumber.TryParseDecimal(line[..length], out var value)
                        ? value
                        : throw new ArchiveException("sparse map: not a number");
                }

                line[length] = next;
            }

            throw new ArchiveException("sparse map: a number is too long");
        }

        private void Fill()
        {
            var next = available - TakenBytes < TarHeader.BlockBytes ? [] : source.ReadBlock();
            if (next.Length != TarHeader.BlockBytes)
            {
                throw new ArchiveException("cut short inside a sparse map");
            }

            next.CopyTo(_block);
            _position = 0;
            TakenBytes += TarHeader.BlockBytes;
        }
    }
}
