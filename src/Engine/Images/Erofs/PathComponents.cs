namespace MiniDock.Engine.Images.Erofs;

/// <summary>A path of an archive as names below the root: <c>.</c> and empty parts left out, <c>..</c> never above the root.</summary>
internal static class PathComponents
{
    public static List<Range> Split(ReadOnlySpan<byte> path)
    {
        var parts = new List<Range>(8);
        var start = 0;
        while (start <= path.Length)
        {
            var length = path[start..].IndexOf((byte)'/');
            var end = length < 0 ? path.Length : start + length;
            var part = path[start..end];
            if (part.SequenceEqual(".."u8))
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (!part.IsEmpty && !part.SequenceEqual("."u8))
            {
                parts.Add(start..end);
            }

            start = end + 1;
        }

        return parts;
    }
}
