using System.Text;

namespace MiniDock.Engine.Images.Tar;

/// <summary>What pax headers said, ready to override a member's own header.</summary>
internal sealed class PaxAttributes
{
    public byte[]? Path { get; private set; }

    public byte[]? LinkPath { get; private set; }

    public long? SizeBytes { get; private set; }

    public long? UserId { get; private set; }

    public long? GroupId { get; private set; }

    public (long Seconds, int Nanoseconds)? Modified { get; private set; }

    public long? DeviceMajor { get; private set; }

    public long? DeviceMinor { get; private set; }

    public List<ExtendedAttribute> ExtendedAttributes { get; private init; } = [];

    public List<ExtendedAttribute> TextualAcls { get; private init; } = [];

    public PaxSparse? Sparse { get; private set; }

    /// <summary>A copy that a member's own header may change: global headers last until the archive's end.</summary>
    public PaxAttributes Copy() => new()
    {
        Path = Path,
        LinkPath = LinkPath,
        SizeBytes = SizeBytes,
        UserId = UserId,
        GroupId = GroupId,
        Modified = Modified,
        DeviceMajor = DeviceMajor,
        DeviceMinor = DeviceMinor,
        ExtendedAttributes = [.. ExtendedAttributes],
        TextualAcls = [.. TextualAcls],
    };

    /// <summary>Takes in one header's records; an empty value takes the key back.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        var records = new PaxRecords(data);
        while (records.Next())
        {
            Add(records.Key, records.Value);
        }
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8))
        {
            Path = Name(value);
        }
        else if (key.SequenceEqual("linkpath"u8))
        {
            LinkPath = Name(value);
        }
        else if (key.SequenceEqual("size"u8))
        {
            SizeBytes = Number(key, value);
        }
        else if (key.SequenceEqual("uid"u8))
        {
            UserId = Number(key, value);
        }
        else if (key.SequenceEqual("gid"u8))
        {
            GroupId = Number(key, value);
        }
        else if (key.SequenceEqual("mtime"u8))
        {
            Modified = Time(value);
        }
        else if (key.SequenceEqual("SCHILY.devmajor"u8))
        {
            DeviceMajor = Number(key, value);
        }
        else if (key.SequenceEqual("SCHILY.devminor"u8))
        {
            DeviceMinor = Number(key, value);
        }
        else if (key.StartsWith("GNU.sparse."u8))
        {
            (Sparse ??= new PaxSparse()).Add(key["GNU.sparse."u8.Length..], value);
        }
        else
        {
            AddAttribute(key, value);
        }
    }

    private void AddAttribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith("SCHILY.xattr."u8))
        {
            Set(ExtendedAttributes, SchilyAttribute.Decode(Encoding.Latin1.GetString(key["SCHILY.xattr."u8.Length..])), value.ToArray());
        }
        else if (key.StartsWith("LIBARCHIVE.xattr."u8))
        {
            var (name, bytes) = LibarchiveAttribute.Decode(key["LIBARCHIVE.xattr."u8.Length..], value);
            if (!ExtendedAttributes.Exists(one => one.Name == name))
            {
                // libarchive writes both spellings; SCHILY's raw bytes win wherever they stand.
                Set(ExtendedAttributes, name, bytes);
            }
        }
        else if (key.SequenceEqual("RHT.security.selinux"u8))
        {
            // The kernel keeps contexts with their terminating NUL, tar writes them without.
            Set(ExtendedAttributes, "security.selinux", [.. value, 0]);
        }
        else if (key.SequenceEqual("SCHILY.acl.access"u8))
        {
            Set(TextualAcls, "system.posix_acl_access", value.ToArray());
        }
        else if (key.SequenceEqual("SCHILY.acl.default"u8))
        {
            Set(TextualAcls, "system.posix_acl_default", value.ToArray());
        }
    }

    private static void Set(List<ExtendedAttribute> attributes, string name, byte[] value)
    {
        if (name.Contains('\0'))
        {
            throw new ArchiveException("pax header: an extended attribute's name holds a NUL");
        }

        attributes.RemoveAll(one => one.Name == name);
        attributes.Add(new ExtendedAttribute(name, value));
    }

    private static byte[]? Name(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
        {
            throw new ArchiveException("pax header: a name holds a NUL");
        }

        return value.IsEmpty ? null : value.ToArray();
    }

    private static long? Number(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        return TarNumber.TryParseDecimal(value, out var number)
            ? number
            : throw new ArchiveException($"pax header: {Encoding.ASCII.GetString(key)} is not a number");
    }

    private static (long, int)? Time(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        return TarNumber.TryParseTime(value, out var seconds, out var nanoseconds)
            ? (seconds, nanoseconds)
            : throw new ArchiveException("pax header: mtime is not a time");
    }
}
