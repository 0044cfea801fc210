using System.Runtime.InteropServices;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Puts a directory's entries in bytewise order, which the kernel's binary search needs.</summary>
internal sealed class EntrySorter(LayerTree tree)
{
    private readonly List<int> _entries = [];

    public void Sort(int directory)
    {
        _entries.Clear();
        for (var entry = tree.Inodes[directory].Data; entry >= 0; entry = tree.Entries[entry].Next)
        {
            _entries.Add(entry);
        }

        CollectionsMarshal.AsSpan(_entries).Sort(Compare);
        var next = -1;
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            tree.Entries[_entries[i]].Next = next;
            next = _entries[i];
        }

        tree.Inodes[directory].Data = next;
    }

    private int Compare(int left, int right) => NameOf(left).SequenceCompareTo(NameOf(right));

    private ReadOnlySpan<byte> NameOf(int entry) => tree.Arena.Get(tree.Entries[entry].Name, tree.Entries[entry].NameLength);
}
