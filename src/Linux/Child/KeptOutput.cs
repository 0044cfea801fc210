using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>A pipe that a program writes to, of which the end is kept.</summary>
public sealed class KeptOutput
{
    // A program that writes faster than this is read must not keep the reader from looking at the time.
    private const int MostReads = 64;

    private readonly SafeFileHandle _pipe;
    private readonly int _keptBytes;
    private readonly List<byte> _bytes = [];
    private bool _isOpen = true;

    /// <summary>Keeps the end of what is written to a pipe, which becomes non-blocking.</summary>
    /// <param name="pipe">Its reading end; not owned.</param>
    /// <param name="keptBytes">So much is kept.</param>
    public KeptOutput(SafeFileHandle pipe, int keptBytes)
    {
        _pipe = pipe;
        _keptBytes = keptBytes;
        Files.SetNonBlocking(pipe, true);
    }

    /// <summary>What is kept.</summary>
    public byte[] Bytes => [.. _bytes];

    /// <summary>What to poll for; nothing at its end.</summary>
    public PollItem ToPoll() => _isOpen ? new PollItem(_pipe, PollEvents.Read) : default;

    /// <summary>Reads what is there, as far as it does not come without end.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        for (var turn = 0; _isOpen && turn < MostReads; turn++)
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
