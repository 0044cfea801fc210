using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Erofs;

/// <content>How a layer hides what lies below it: overlayfs knows a character device 0:0 for a name, and an attribute for all of a directory.</content>
public sealed partial class LayerTree
{
    private static readonly ExtendedAttribute Opaque = new("trusted.overlay.opaque", "y"u8.ToArray());

    private readonly HashSet<int> _opaque = [];

    private static bool IsWhiteout(in LayerInode inode) => (inode.Mode & FileMode.TypeMask) == FileMode.CharacterDevice && inode.Data == 0;

    private void AddWhiteout(int parent, ReadOnlySpan<byte> hidden)
    {
        if (hidden.SequenceEqual(".wh..opq"u8))
        {
            MakeOpaque(parent);
            return;
        }

        // The other names of this kind are a union file system's own notes.
        if (hidden.StartsWith(".wh."u8))
        {
            return;
        }

        // What the layer itself has of the name is not hidden, only what is below.
        var existing = _table.Find(parent, hidden);
        if (existing < 0)
        {
            SetName(parent, hidden, existing, Inodes.Add(new LayerInode { Mode = FileMode.CharacterDevice, Data = 0, Attributes = -1, Parent = parent }));
        }
        else if (Inodes[Entries[existing].Inode].IsDirectory)
        {
            MakeOpaque(Entries[existing].Inode);
        }
    }

    private void MakeOpaque(int directory)
    {
        _opaque.Add(directory);
        ref var inode = ref Inodes[directory];
        IEnumerable<ExtendedAttribute> others = inode.Attributes < 0 ? [] : AttributeEncoder.Decode(AttributeSets[inode.Attributes]);
        inode.Attributes = AddAttributes(AttributeEncoder.Encode([.. others.Where(one => one.Name != Opaque.Name), Opaque], keepsOverlayPrivate: true));
    }

    // A directory that is named again gets attributes anew.
    private void KeepOpaque(int directory)
    {
        if (_opaque.Contains(directory))
        {
            MakeOpaque(directory);
        }
    }
}
