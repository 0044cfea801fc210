namespace MiniDock.Engine.Images.Erofs;

/// <summary>A growing array whose elements never move: no doubling, so that the peak is what is in it.</summary>
internal sealed class ChunkedArray<T>
    where T : struct
{
    private const int ChunkShift = 12;
    private const int ChunkMask = (1 << ChunkShift) - 1;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> ChunkShift][index & ChunkMask];

    /// <summary>Adds an element and returns its index.</summary>
    public int Add(in T value)
    {
        if ((Count & ChunkMask) == 0)
        {
            _chunks.Add(new T[1 << ChunkShift]);
        }

        this[Count] = value;
        return Count++;
    }
}
