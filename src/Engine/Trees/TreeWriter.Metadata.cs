using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <content>What a member looks like: owner, mode, extended attributes and times, in the order in which one does not undo another.</content>
internal sealed partial class TreeWriter
{
    private static FileTime TimeOf(TarEntry entry) => new(entry.ModifiedSeconds, (uint)entry.ModifiedNanoseconds);

    private uint ModeOf(TarEntry entry)
    {
        if (options.Owner is not null)
        {
            return (uint)entry.Mode;
        }

        var isDevice = entry.Type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice;
        return (uint)entry.Mode & (isDevice ? 0x180u : 0x1FF);
    }

    private void SetMetadata(SafeFileHandle directory, byte[] name, byte[] path, TarEntry entry)
    {
        SetOwner(entry, (user, group) => Files.FChownAt(directory, name, user, group));
        if (entry.Type != TarEntryType.SymbolicLink)
        {
            Files.FChmodAt(directory, name, ModeOf(entry));
        }

        byte[] file = [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"/proc/self/fd/{directory.DangerousGetHandle()}/")), .. name];
        SetAttributes(entry, path, (key, value) => Files.TrySetXattr((PathName)file, key, value));
        Files.UtimensAt(directory, name, null, TimeOf(entry));
    }

    private void SetOwner(TarEntry entry, Action<uint, uint> set)
    {
        if (options.Owner is { } owner)
        {
            var (user, group) = owner(entry.UserId, entry.GroupId);
            set(user, group);
        }
    }

    private void SetAttributes(TarEntry entry, byte[] path, Func<string, byte[], Errno> set)
    {
        IEnumerable<ExtendedAttribute> attributes = entry.TextualAcls.Count == 0 ? entry.ExtendedAttributes : [.. entry.ExtendedAttributes, .. AclText.ToAttributes(entry)];
        foreach (var attribute in attributes)
        {
            if (options.IsForeign && !(TreeAttributes.IsKept(attribute.Name) && (options.Owner is not null || attribute.Name != "security.capability")))
            {
                continue;
            }

            var errno = set(attribute.Name, attribute.Value.ToArray());
            if (errno != Errno.Success && !(options.IsForeign && errno is Errno.EOPNOTSUPP or Errno.EPERM))
            {
                throw new LinuxException("set attribute of", Show(path), errno, attribute.Name);
            }
        }
    }
}
