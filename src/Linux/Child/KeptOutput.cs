using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>A pipe that a program writes to, of which the end is kept.</summary>
internal sealed class KeptOutput
{
    private readonly SafeFileHandle _pipe;
    private readonly int _keptBytes;
    private readonly List<byte> _bytes = [];
    private bool _isOpen = true;

    public KeptOutput(SafeFileHandle pipe, int keptBytes)
    {
        _pipe = pipe;
        _keptBytes = keptBytes;
        Files.SetNonBlocking(pipe, true);
    }

    public byte[] Bytes => [.. _bytes];

    /// <summary>What to poll for; nothing at its end.</summary>
    public PollItem ToPoll() => _isOpen ? new PollItem(_pipe, PollEvents.Read) : default;

    /// <summary>Reads all that is there.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (_isOpen)
        {
            var error = Files.TryRead(_pipe, buffer, out var count);
            if (error == Errno.EAGAIN)
            {
                return;
            }

            _isOpen = error == Errno.Success && count > 0;
            _bytes.AddRange(buffer[..count]);
            _bytes.RemoveRange(0, Math.Max(0, _bytes.Count - _keptBytes));
        }
    }
}
