namespace MiniDock.Engine.Images.Tar;

/// <summary>GNU's pax keys for sparse files, formats 0.0 (repeated keys), 0.1 (one map) and 1.0 (map before the data).</summary>
internal sealed class PaxSparse
{
    private readonly List<SparseExtent> _extents = [];
    private long? _pendingOffset;
    private long? _major;

    /// <summary>The real name; the header holds an invented one for tars that know nothing of sparse files.</summary>
    public byte[]? Name { get; private set; }

    public long? RealSizeBytes { get; private set; }

    /// <summary>Format 1.0: the map is the first part of the member's data.</summary>
    public bool IsMapInData => _major == 1;

    public List<SparseExtent> Extents => _pendingOffset is null
        ? _extents
        : throw new ArchiveException("sparse map: an offset without its length");

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("name"u8))
        {
            Name = value.Contains((byte)0) ? throw new ArchiveException("sparse map: a name holds a NUL") : value.ToArray();
        }
        else if (key.SequenceEqual("map"u8))
        {
            ReadMap(value);
        }
        else if (key.SequenceEqual("offset"u8))
        {
            _pendingOffset = Number(value);
        }
        else if (key.SequenceEqual("numbytes"u8))
        {
            Append(_pendingOffset ?? throw new ArchiveException("sparse map: a length without its offset"), Number(value));
            _pendingOffset = null;
        }
        else if (key.SequenceEqual("realsize"u8) || key.SequenceEqual("size"u8))
        {
            RealSizeBytes = Number(value);
        }
        else if (key.SequenceEqual("major"u8))
        {
            _major = Number(value);
            if (_major > 1)
            {
                throw new ArchiveException($"sparse map: format {_major} is not known");
            }
        }
    }

    private void ReadMap(ReadOnlySpan<byte> text)
    {
        _extents.Clear();
        while (!text.IsEmpty)
        {
            var offset = Number(NextField(ref text));
            Append(offset, Number(NextField(ref text)));
        }
    }

    private void Append(long offset, long length)
    {
        if (_extents.Count >= SparseMap.MaxExtents)
        {
            throw new ArchiveException($"sparse map: more than {SparseMap.MaxExtents} extents");
        }

        _extents.Add(new SparseExtent(offset, length));
    }

    private static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        var field = comma < 0 ? text : text[..comma];
        text = comma < 0 ? [] : text[(comma + 1)..];
        return field;
    }

    private static long Number(ReadOnlySpan<byte> value) => TarNumber.TryParseDecimal(value, out var number)
        ? number
        : throw new ArchiveException("sparse map: not a number");
}
