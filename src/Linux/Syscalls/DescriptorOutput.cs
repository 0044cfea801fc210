using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux;

/// <summary>Writes to a descriptor of any kind, <c>write(2)</c>; what fails says where and why.</summary>
/// <param name="file">The descriptor; closed with the stream.</param>
/// <param name="name">What it is called in errors.</param>
public sealed class DescriptorOutput(SafeFileHandle file, string name) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="LinuxException">ENOSPC, EPIPE and whatever else write(2) knows.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Errno errno = Files.TryWrite(file, buffer, out int count);
            if (errno == Errno.EAGAIN)
            {
                // Somebody made the pipe or terminal non-blocking.
                Polling.WaitFor(file, PollEvents.Write, -1);
            }
            else if (errno != Errno.Success)
            {
                throw new LinuxException("write to", name, errno);
            }

            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
