using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <summary>Stretches of an open file, one after the other. Copied in the kernel where it can.</summary>
/// <param name="source">The file.</param>
/// <param name="stretches">Where its bytes lie.</param>
internal sealed class StoredFileData(SafeFileHandle source, IReadOnlyList<SparseExtent> stretches) : FileData
{
    private int _index;
    private long _done;

    public override int Read(Span<byte> buffer)
    {
        while (_index < stretches.Count)
        {
            var (offset, length) = (stretches[_index].OffsetBytes + _done, stretches[_index].LengthBytes - _done);
            var count = length == 0 ? 0 : RandomAccess.Read(source, buffer[..(int)Math.Min(buffer.Length, length)], offset);
            if (count > 0)
            {
                _done += count;
                return count;
            }

            if (length > 0)
            {
                // The file became shorter.
                return 0;
            }

            _index++;
            _done = 0;
        }

        return 0;
    }

    public override long CopyTo(SafeFileHandle target, long offset, long byteCount)
    {
        if (_index < stretches.Count && stretches[_index].LengthBytes - _done >= byteCount)
        {
            try
            {
                var copied = Files.CopyFileRange(source, stretches[_index].OffsetBytes + _done, target, offset, byteCount);
                Pass(byteCount);
                return copied;
            }
            catch (LinuxException e) when (e.Errno is Errno.EXDEV or Errno.EINVAL or Errno.EOPNOTSUPP or Errno.ENOSYS or Errno.EPERM)
            {
                // Not between these file systems: bytes that were copied already are copied again.
            }
        }

        return base.CopyTo(target, offset, byteCount);
    }

    private void Pass(long byteCount)
    {
        _done += byteCount;
        if (_done == stretches[_index].LengthBytes)
        {
            _index++;
            _done = 0;
        }
    }
}
