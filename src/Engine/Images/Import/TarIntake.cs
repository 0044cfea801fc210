using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Compression;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Import;

/// <summary>
/// Takes an archive in: what the tar reader asks for is unpacked once, and the same buffers are hashed and written to the
/// layer's file by two threads of their own.
/// </summary>
internal sealed class TarIntake : IBlockSource, IDisposable
{
    private const int Hasher = 0;
    private const int Writer = 1;
    private const long WritebackBytes = 16L << 20;

    private readonly IDecoder _decoder;
    private readonly ImportLimits _limits;
    private readonly Action? _progress;
    private readonly SharedBuffers _buffers = new(readers: 2);
    private readonly Thread[] _threads;
    private Exception? _failure;
    private byte[] _current = [];
    private int _position;
    private int _length;
    private bool _hasEnded;

    public TarIntake(IDecoder decoder, SafeFileHandle file, ImportLimits limits, bool writesBack, Action? progress)
    {
        _decoder = decoder;
        _limits = limits;
        _progress = progress;
        _threads =
        [
            Start("hash", () =>
            {
                // Loading OpenSSL takes milliseconds: here it costs nobody's time.
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                _buffers.ReadAll(Hasher, hash.AppendData);
                Result = hash.GetHashAndReset();
            }),
            Start("write", () => WriteAll(file, writesBack)),
        ];
    }

    /// <summary>Bytes of tar that were unpacked.</summary>
    public long UnpackedBytes { get; private set; }

    public long PositionBytes => UnpackedBytes - (_length - _position);

    private byte[]? Result { get; set; }

    public ReadOnlySpan<byte> ReadBlock()
    {
        if (_position == _length)
        {
            Advance();
        }

        // Buffers are whole blocks, so only the archive's last one can be short.
        var block = _current.AsSpan(_position, Math.Min(TarHeader.BlockBytes, _length - _position));
        _position += block.Length;
        return block;
    }

    public long Skip(long byteCount)
    {
        var skipped = 0L;
        while (skipped < byteCount)
        {
            if (_position == _length)
            {
                Advance();
                if (_hasEnded)
                {
                    break;
                }
            }

            var step = (int)Math.Min(byteCount - skipped, _length - _position);
            _position += step;
            skipped += step;
        }

        return skipped;
    }

    /// <summary>Waits until all is hashed and written; returns the digest of the tar.</summary>
    public Digest Finish()
    {
        _buffers.Complete();
        Join();
        return Digest.FromHash(Result);
    }

    public void Dispose()
    {
        _buffers.Cancel();
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private static Thread StartThread(string name, ThreadStart body)
    {
        var thread = new Thread(body, 256 * 1024) { IsBackground = true, Name = $"minidock {name}" };
        thread.Start();
        return thread;
    }

    private Thread Start(string name, Action body) => StartThread(name, () =>
    {
        try
        {
            body();
        }
        catch (Exception e)
        {
            // Handed on by the thread that reads the archive.
            _failure ??= e;
            _buffers.Cancel();
        }
    });

    private void WriteAll(SafeFileHandle file, bool writesBack)
    {
        long offset = ErofsLayout.HeadBytes;
        var unsynced = offset;
        _buffers.ReadAll(Writer, bytes =>
        {
            RandomAccess.Write(file, bytes, offset);
            offset += bytes.Length;
            if (writesBack && offset - unsynced >= WritebackBytes)
            {
                // The disk works while we do: the fsync at the end is what import waits for longest.
                Files.StartWriteback(file, unsynced, offset - unsynced);
                unsynced = offset;
            }
        });
    }

    private void Advance()
    {
        _position = _length = 0;
        if (_hasEnded)
        {
            return;
        }

        if (_buffers.Take() is not { } buffer)
        {
            Join();
            throw new OperationCanceledException();
        }

        _current = buffer;
        while (_length < buffer.Length)
        {
            var count = _decoder.Read(buffer.AsSpan(_length));
            if (count == 0)
            {
                break;
            }

            _length += count;
        }

        UnpackedBytes += _length;
        _hasEnded = _length == 0;
        if (!_hasEnded)
        {
            _buffers.Publish(_length);
            CheckLimits();
            _progress?.Invoke();
        }
    }

    private void CheckLimits()
    {
        if (UnpackedBytes > _limits.MaxBytes)
        {
            throw new ArchiveException($"more than {_limits.MaxBytes} bytes when unpacked", "allow more with --max-bytes");
        }

        if (UnpackedBytes > ImportLimits.RatioFreeBytes && UnpackedBytes / _limits.MaxRatio > _decoder.SourceBytes)
        {
            throw new ArchiveException(
                $"unpacks to more than {_limits.MaxRatio} times its size", "if this is no bomb, allow more with --max-ratio");
        }
    }

    private void Join()
    {
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        if (_failure is { } failure)
        {
            throw failure is IOException ? failure : new IOException($"import: {failure.Message}", failure);
        }
    }
}
