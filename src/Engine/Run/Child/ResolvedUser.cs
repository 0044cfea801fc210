using System.Runtime.InteropServices;
using System.Text;

namespace MiniDock.Engine.Run.Child;

/// <summary>A user as the container's own files define it.</summary>
/// <param name="User">User id.</param>
/// <param name="Group">Primary group id.</param>
/// <param name="Groups">Supplementary groups.</param>
/// <param name="Home">Home directory.</param>
internal sealed record ResolvedUser(uint User, uint Group, IReadOnlyList<uint> Groups, string Home)
{
    /// <summary>Most supplementary groups that are passed to the child.</summary>
    public const int MostGroups = 1024;

    /// <summary>Offset of the user id in the encoded form, as the child reads it.</summary>
    public const int UserAt = 0;

    /// <summary>Offset of the group id.</summary>
    public const int GroupAt = 4;

    /// <summary>Offset of the number of supplementary groups.</summary>
    public const int GroupCountAt = 8;

    /// <summary>Offset of the supplementary groups.</summary>
    public const int GroupsAt = 16;

    /// <summary>Offset of <c>HOME=…</c>, ended by a NUL.</summary>
    public const int HomeAt = GroupsAt + (MostGroups * sizeof(uint));

    /// <summary>Bytes in all: a path has up to 4096.</summary>
    public const int EncodedSize = HomeAt + 4096 + 8;

    /// <summary>The user as the child reads it.</summary>
    public byte[] Encode()
    {
        var values = new byte[EncodedSize];
        MemoryMarshal.Write(values.AsSpan(UserAt), User);
        MemoryMarshal.Write(values.AsSpan(GroupAt), Group);
        MemoryMarshal.Write(values.AsSpan(GroupCountAt), Groups.Count);
        MemoryMarshal.AsBytes<uint>(Groups.ToArray()).CopyTo(values.AsSpan(GroupsAt));
        Encoding.UTF8.GetBytes("HOME=" + Home, values.AsSpan(HomeAt, EncodedSize - HomeAt - 1));
        return values;
    }
}
