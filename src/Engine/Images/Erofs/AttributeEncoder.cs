using System.Buffers.Binary;
using System.Text;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Encodes extended attributes as EROFS keeps them behind an inode: a 12-byte header, then entries in steps of four bytes.</summary>
internal static class AttributeEncoder
{
    private const int HeaderBytes = 12;

    // Prefixes and their numbers; a number that stands for a whole name leaves the name empty.
    private static readonly (string Prefix, byte Index)[] s_prefixes =
    [
        ("user.", 1),
        ("system.posix_acl_access", 2),
        ("system.posix_acl_default", 3),
        ("trusted.", 4),
        ("security.", 6),
    ];

    /// <summary>The encoded attributes, empty where none is to be kept.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="keepsOverlayPrivate">Whether those that overlayfs gives a meaning are of our own making; those of an archive are left out.</param>
    /// <exception cref="ArchiveException">A name or value is longer than Linux allows.</exception>
    public static byte[] Encode(IReadOnlyList<ExtendedAttribute> attributes, bool keepsOverlayPrivate = false)
    {
        var body = new MemoryStream();
        Span<byte> head = stackalloc byte[4];
        foreach (var attribute in attributes)
        {
            if ((!keepsOverlayPrivate && TreeAttributes.IsOverlayPrivate(attribute.Name)) || !TrySplit(attribute.Name, out var index, out var name))
            {
                continue;
            }

            if (name.Length > byte.MaxValue || attribute.Value.Length > ushort.MaxValue)
            {
                throw new ArchiveException($"extended attribute {attribute.Name}: name or value is too long");
            }

            head[0] = (byte)name.Length;
            head[1] = index;
            BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)attribute.Value.Length);
            body.Write(head);
            body.Write(name);
            body.Write(attribute.Value.Span);
            body.SetLength(ErofsLayout.RoundUp(body.Length, 4));
            body.Position = body.Length;
        }

        if (body.Length == 0)
        {
            return [];
        }

        // The inode counts these steps in 16 bits.
        return body.Length / 4 <= ushort.MaxValue - 1
            ? [.. new byte[HeaderBytes], .. body.ToArray()]
            : throw new ArchiveException("extended attributes of one file take over 256 KiB");
    }

    /// <summary>The attributes again.</summary>
    public static IEnumerable<ExtendedAttribute> Decode(byte[] encoded)
    {
        for (var at = HeaderBytes; at < encoded.Length;)
        {
            var nameLength = encoded[at];
            var index = encoded[at + 1];
            var valueLength = BinaryPrimitives.ReadUInt16LittleEndian(encoded.AsSpan(at + 2));
            var prefix = Array.Find(s_prefixes, one => one.Index == index).Prefix;
            var name = Encoding.Latin1.GetString(encoded, at + 4, nameLength);
            yield return new ExtendedAttribute(prefix + name, encoded.AsMemory(at + 4 + nameLength, valueLength));
            at += (int)ErofsLayout.RoundUp(4 + nameLength + valueLength, 4);
        }
    }

    /// <summary>What the inode says about attributes of this length.</summary>
    public static ushort CountOf(int encodedBytes) => encodedBytes == 0 ? (ushort)0 : (ushort)(1 + ((encodedBytes - HeaderBytes) / 4));

    private static bool TrySplit(string name, out byte index, out byte[] rest)
    {
        foreach (var (prefix, number) in s_prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && prefix[^1] == '.' == (name.Length > prefix.Length))
            {
                index = number;
                rest = Encoding.Latin1.GetBytes(name[prefix.Length..]);
                return true;
            }
        }

        index = 0;
        rest = [];
        return false;
    }
}
