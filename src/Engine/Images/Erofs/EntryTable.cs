namespace MiniDock.Engine.Images.Erofs;

/// <summary>Finds names by directory: open addressing over indices, nothing is ever taken out.</summary>
internal sealed class EntryTable(ChunkedArray<LayerEntry> entries, ByteArena arena)
{
    // Index + 1, 0 for empty.
    private int[] _slots = new int[1024];

    /// <summary>The entry, or -1.</summary>
    public int Find(int parent, ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(parent, name); ; slot++)
        {
            var found = _slots[slot & (_slots.Length - 1)] - 1;
            if (found < 0)
            {
                return -1;
            }

            ref var entry = ref entries[found];
            if (entry.Parent == parent && arena.Get(entry.Name, entry.NameLength).SequenceEqual(name))
            {
                return found;
            }
        }
    }

    /// <summary>Makes an entry known that is not.</summary>
    public void Add(int index)
    {
        // Three quarters full at most.
        if (entries.Count > _slots.Length / 4 * 3)
        {
            _slots = new int[_slots.Length * 2];
            for (var i = 0; i < entries.Count - 1; i++)
            {
                Place(i);
            }
        }

        Place(index);
    }

    private void Place(int index)
    {
        ref var entry = ref entries[index];
        var slot = Hash(entry.Parent, arena.Get(entry.Name, entry.NameLength));
        while (_slots[slot & (_slots.Length - 1)] != 0)
        {
            slot++;
        }

        _slots[slot & (_slots.Length - 1)] = index + 1;
    }

    private static int Hash(int parent, ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.Add(parent);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
