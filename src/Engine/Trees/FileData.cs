using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Trees;

/// <summary>The bytes of a member's file, read once from beginning to end. Holes are not among them.</summary>
public abstract class FileData
{
    /// <summary>Reads the next bytes; 0 at the end.</summary>
    public abstract int Read(Span<byte> buffer);

    /// <summary>Writes the next bytes to a file.</summary>
    /// <param name="target">The file.</param>
    /// <param name="offset">Where they belong.</param>
    /// <param name="byteCount">How many.</param>
    /// <returns>How many there were.</returns>
    public virtual long CopyTo(SafeFileHandle target, long offset, long byteCount)
    {
        var buffer = new byte[(int)Math.Min(byteCount, 128 * 1024)];
        var done = 0L;
        while (done < byteCount)
        {
            var count = Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, byteCount - done)));
            if (count == 0)
            {
                break;
            }

            RandomAccess.Write(target, buffer.AsSpan(0, count), offset + done);
            done += count;
        }

        return done;
    }
}
