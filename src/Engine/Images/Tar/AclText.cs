using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MiniDock.Engine.Images.Tar;

/// <summary>POSIX ACLs as tar writes them, <c>user::rwx,user:lisa:r-x:502,mask::r-x</c>, made into the kernel's attribute (acl(5), linux/posix_acl_xattr.h).</summary>
internal static class AclText
{
    private const uint Version = 2;
    private const uint NoId = uint.MaxValue;

    /// <summary>The textual ACLs of a member as attributes; raw ones, where both are there, win.</summary>
    /// <exception cref="ArchiveException">It cannot be read, or names a user without a number.</exception>
    public static IEnumerable<ExtendedAttribute> ToAttributes(TarEntry member) =>
        member.TextualAcls
            .Where(acl => !member.ExtendedAttributes.Any(raw => raw.Name == acl.Name))
            .Select(acl => new ExtendedAttribute(acl.Name, Parse(Encoding.UTF8.GetString(acl.Value.Span))))
            .Where(acl => !IsMinimal(acl));

    /// <summary>Parses entries separated by commas or line feeds.</summary>
    public static byte[] Parse(string text)
    {
        var entries = text.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(entry => entry[0] != '#')
            .Select(ParseEntry)
            .OrderBy(entry => entry.Tag)
            .ThenBy(entry => entry.Id)
            .ToList();
        var value = new byte[4 + (8 * entries.Count)];
        BinaryPrimitives.WriteUInt32LittleEndian(value, Version);
        for (var i = 0; i < entries.Count; i++)
        {
            var slot = value.AsSpan(4 + (8 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(slot, entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(slot[2..], entries[i].Permissions);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], entries[i].Id);
        }

        return value;
    }

    // Owner, group and others alone: the permission bits say the same, and the kernel keeps no attribute either.
    private static bool IsMinimal(ExtendedAttribute acl) =>
        acl.Value.Length <= 4 + (acl.Name == "system.posix_acl_access" ? 3 * 8 : 0);

    private static (ushort Tag, ushort Permissions, uint Id) ParseEntry(string entry)
    {
        // Short and long spellings; star adds the number after the permissions.
        var fields = entry.Split(':');
        if (fields.Length is < 3 or > 4)
        {
            // "mask:r-x" and "other:r-x" may leave the empty name out.
            fields = fields.Length == 2 ? [fields[0], "", fields[1]] : throw Bad(entry);
        }

        var isNamed = fields[1].Length > 0;
        ushort tag = (fields[0], isNamed) switch
        {
            ("user" or "u", false) => 0x01,
            ("user" or "u", true) => 0x02,
            ("group" or "g", false) => 0x04,
            ("group" or "g", true) => 0x08,
            ("mask" or "m", _) => 0x10,
            ("other" or "o", _) => 0x20,
            _ => throw Bad(entry),
        };
        var id = !isNamed || tag >= 0x10 ? NoId : IdOf(fields, entry);
        ushort permissions = 0;
        foreach (var letter in fields[2])
        {
            permissions |= letter switch { 'r' => 4, 'w' => 2, 'x' => 1, '-' => 0, _ => throw Bad(entry) };
        }

        return (tag, permissions, id);
    }

    private static uint IdOf(string[] fields, string entry)
    {
        if (fields.Length == 4 && uint.TryParse(fields[3], CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        return uint.TryParse(fields[1], CultureInfo.InvariantCulture, out id) ? id
            : fields[1] == "root" ? 0u
            : throw new ArchiveException($"acl entry {entry}: the name has no number", "make the archive with tar --numeric-owner");
    }

    private static ArchiveException Bad(string entry) => new($"acl entry {entry}: not understood");
}
