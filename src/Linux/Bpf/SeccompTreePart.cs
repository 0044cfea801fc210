using Segment = MiniDock.Linux.Bpf.SeccompCompiler.Segment;

namespace MiniDock.Linux.Bpf;

/// <summary>A search tree small enough for eight bit jumps: first the comparisons, then one copy of each outcome.</summary>
internal sealed class SeccompTreePart
{
    private const int MostInstructions = 250;

    private readonly List<(uint Value, int Below, int AtLeast)> _nodes = [];
    private readonly List<ulong[]> _outcomes = [];

    /// <summary>Whether the segments make a tree of this kind.</summary>
    public static bool Fits(ReadOnlySpan<Segment> segments)
    {
        int size = segments.Length;
        foreach (Segment segment in segments)
        {
            // Single returns are shared: a handful in all.
            size += segment.Code.Length > 1 ? segment.Code.Length : 0;
        }

        return size <= MostInstructions - 8;
    }

    public static ulong[] Compile(ReadOnlySpan<Segment> segments)
    {
        var part = new SeccompTreePart();
        part.Place(segments);
        return part.Lay();
    }

    // A place is a node (not negative) or the complement of an outcome.
    private int Place(ReadOnlySpan<Segment> segments)
    {
        if (segments.Length == 1)
        {
            return ~Outcome(segments[0].Code);
        }

        int node = _nodes.Count;
        int middle = segments.Length / 2;
        _nodes.Add(default);
        int below = Place(segments[..middle]);
        int atLeast = Place(segments[middle..]);
        _nodes[node] = (segments[middle].First, below, atLeast);
        return node;
    }

    private int Outcome(ulong[] code)
    {
        int known = _outcomes.FindIndex(o => o.AsSpan().SequenceEqual(code));
        if (known >= 0)
        {
            return known;
        }

        _outcomes.Add(code);
        return _outcomes.Count - 1;
    }

    private ulong[] Lay()
    {
        int[] starts = new int[_outcomes.Count];
        int at = _nodes.Count;
        for (int n = 0; n < starts.Length; n++)
        {
            starts[n] = at;
            at += _outcomes[n].Length;
        }

        int Distance(int from, int place) => (place >= 0 ? place : starts[~place]) - from - 1;
        List<ulong> code = [];
        for (int n = 0; n < _nodes.Count; n++)
        {
            code.Add(ClassicBpf.Branch(ClassicBpf.JumpGreaterOrEqual, _nodes[n].Value, Distance(n, _nodes[n].AtLeast), Distance(n, _nodes[n].Below)));
        }

        _outcomes.ForEach(code.AddRange);
        return [.. code];
    }
}
