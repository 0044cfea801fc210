using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Puts the extents of sparse files in place behind everything else; holes stay holes of the layer's file.</summary>
internal sealed class SparseWriter(LayerTree tree, LayerIndex index, SafeFileHandle file)
{
    public void Write()
    {
        var buffer = new byte[64 * 1024];
        foreach (var (from, to, length) in index.SparseExtents(tree))
        {
            Copy(from, to, length, buffer);
        }
    }

    private void Copy(long from, long to, long length, byte[] buffer)
    {
        for (var done = 0L; done < length;)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done)), from + done);
            if (count == 0)
            {
                throw new EndOfStreamException("the layer's file became shorter");
            }

            RandomAccess.Write(file, buffer.AsSpan(0, count), to + done);
            done += count;
        }
    }
}
