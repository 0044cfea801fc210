using System.Buffers.Binary;
using System.Text;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>Walks over the attributes of a message: <c>while (attributes.Next())</c>. Stops at the first malformed one.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly byte Byte => Data.IsEmpty ? (byte)0 : Data[0];

    public readonly uint UInt32 => Data.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(Data);

    public readonly uint BigUInt32 => Data.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(Data);

    public readonly ulong BigUInt64 => Data.Length < 8 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(Data);

    public readonly string Text => Encoding.UTF8.GetString(Data.TrimEnd((byte)0));

    public readonly NetlinkAttributes Nested => new(Data);

    public bool Next()
    {
        const int Header = 4;
        if (_rest.Length < Header)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        if (length < Header || length > _rest.Length)
        {
            return false;
        }

        Type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]) & Constants.NlaTypeMask);
        Data = _rest[Header..length];
        _rest = _rest[Math.Min(_rest.Length, (length + 3) & ~3)..];
        return true;
    }
}
