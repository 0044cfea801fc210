using MiniDock.Engine.Images.Tar;
using MiniDock.Linux.Native.Compression;

namespace MiniDock.Engine.Images.Compression;

/// <summary>Feeds a native decoder from a stream: joins members, and refuses what is cut short or followed by something else.</summary>
internal sealed class NativeDecoder(CompressionKind kind, IStreamDecoder decoder, Stream source, ReadOnlyMemory<byte> start) : IDecoder
{
    private const int InputBytes = 128 * 1024;

    private readonly byte[] _input = new byte[InputBytes];
    private int _position;
    private int _end;
    private bool _sourceEnded;
    private bool _isBetweenMembers;
    private bool _isDone;
    private bool _isStarted;

    public CompressionKind Kind => kind;

    public long SourceBytes { get; private set; }

    public int Read(Span<byte> buffer)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            start.Span.CopyTo(_input);
            _end = start.Length;
        }

        while (!_isDone && !buffer.IsEmpty)
        {
            Fill();
            if (_isBetweenMembers && !BeginMember())
            {
                _isDone = true;
                break;
            }

            var status = decoder.Decode(_input.AsSpan(_position.._end), buffer, _sourceEnded, out var consumed, out var produced);
            _position += consumed;
            SourceBytes += consumed;
            switch (status)
            {
                case DecodeStatus.End:
                    _isBetweenMembers = true;
                    break;
                case DecodeStatus.Damaged:
                    throw new ArchiveException($"the {Name} data is damaged near its byte {SourceBytes}");
                case DecodeStatus.OverMemoryLimit:
                    throw new ArchiveException(
                        $"unpacking the {Name} data takes too much memory",
                        kind == CompressionKind.Zstd ? "pack it again without --long or --ultra" : "pack it again with a smaller dictionary, such as xz -6");
                case DecodeStatus.OutOfMemory:
                    throw new ArchiveException($"unpacking the {Name} data: ENOMEM (out of memory)");
                default:
                    if (consumed == 0 && produced == 0 && _sourceEnded)
                    {
                        throw new ArchiveException($"the {Name} data is cut short at its byte {SourceBytes}");
                    }

                    break;
            }

            if (produced > 0)
            {
                return produced;
            }
        }

        return 0;
    }

    public void Dispose() => decoder.Dispose();

    private string Name => kind switch
    {
        CompressionKind.Gzip => "gzip",
        CompressionKind.Xz => "xz",
        CompressionKind.Zstd => "zstd",
        _ => "bzip2",
    };

    private bool BeginMember()
    {
        if (_position == _end)
        {
            return false;
        }

        if (CompressionSniffer.Sniff(_input.AsSpan(_position.._end)) != kind)
        {
            throw new ArchiveException($"something follows the {Name} data at its byte {SourceBytes}");
        }

        decoder.Restart();
        _isBetweenMembers = false;
        return true;
    }

    // Keeps enough ahead that the mark of a following member is never split.
    private void Fill()
    {
        if (_sourceEnded || _end - _position >= CompressionSniffer.NeededBytes)
        {
            return;
        }

        _input.AsSpan(_position.._end).CopyTo(_input);
        _end -= _position;
        _position = 0;
        while (_end < CompressionSniffer.NeededBytes && !_sourceEnded)
        {
            var count = source.Read(_input, _end, _input.Length - _end);
            _end += count;
            _sourceEnded = count == 0;
        }
    }
}
