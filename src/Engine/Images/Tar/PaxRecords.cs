namespace MiniDock.Engine.Images.Tar;

/// <summary>The records of a pax extended header: <c>LENGTH KEY=VALUE\n</c>, the length counting all of it.</summary>
public ref struct PaxRecords(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public ReadOnlySpan<byte> Key { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ArchiveException">The records do not add up.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var space = _rest.IndexOf((byte)' ');
        if (space is < 1 or > 9
            || !TarNumber.TryParseDecimal(_rest[..space], out var length)
            || length > _rest.Length
            || length < space + 3
            || _rest[(int)length - 1] != (byte)'\n')
        {
            throw new ArchiveException("pax header: a record's length does not fit");
        }

        var record = _rest[(space + 1)..((int)length - 1)];
        _rest = _rest[(int)length..];
        var equals = record.IndexOf((byte)'=');
        if (equals < 1)
        {
            throw new ArchiveException("pax header: a record without a key");
        }

        Key = record[..equals];
        Value = record[(equals + 1)..];
        return true;
    }
}
