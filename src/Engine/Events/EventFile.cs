using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Events;

/// <summary>One file of the event log, read as it grows.</summary>
internal sealed class EventFile(SafeFileHandle file, ulong inode, long position) : IDisposable
{
    private long _position = position;

    /// <summary>Which file it is: no other has its number while it is open.</summary>
    public ulong Inode => inode;

    /// <summary>Reads the lines that are whole.</summary>
    public void Read(List<EngineEvent> events)
    {
        var buffer = new byte[64 * 1024];
        while (RandomAccess.Read(file, buffer, _position) is var count and > 0)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, count);
            while (rest.IndexOf((byte)'\n') is var end and >= 0)
            {
                if (EventFormat.Read(rest[..end]) is { } happened)
                {
                    events.Add(happened);
                }

                rest = rest[(end + 1)..];
            }

            _position += count - rest.Length;
            if (rest.Length == count)
            {
                // A line that is longer than the buffer, or one that is being written.
                if (count < buffer.Length)
                {
                    return;
                }

                buffer = new byte[buffer.Length * 2];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
