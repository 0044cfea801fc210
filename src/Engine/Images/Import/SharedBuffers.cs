namespace MiniDock.Engine.Images.Import;

/// <summary>A ring of buffers that one thread fills and several threads each read, in order.</summary>
internal sealed class SharedBuffers(int readers)
{
    public const int BufferBytes = 256 * 1024;

    private const int Count = 6;

    private readonly object _gate = new();
    private readonly byte[][] _buffers = [.. Enumerable.Range(0, Count).Select(_ => new byte[BufferBytes])];
    private readonly int[] _lengths = new int[Count];
    private readonly long[] _read = new long[readers];
    private long _published;
    private bool _isComplete;
    private bool _isCancelled;

    /// <summary>The next buffer to fill, once every reader is done with it; null when the readers gave up.</summary>
    public byte[]? Take()
    {
        lock (_gate)
        {
            while (!_isCancelled && _published - _read.Min() >= Count)
            {
                Monitor.Wait(_gate);
            }

            return _isCancelled ? null : _buffers[_published % Count];
        }
    }

    /// <summary>Hands the buffer that was taken to the readers.</summary>
    public void Publish(int length)
    {
        lock (_gate)
        {
            _lengths[_published % Count] = length;
            _published++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more will be published.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nobody needs to go on.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Calls back with each buffer until all are read.</summary>
    public void ReadAll(int reader, Action<ReadOnlySpan<byte>> action)
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_isCancelled && !_isComplete && _read[reader] == _published)
                {
                    Monitor.Wait(_gate);
                }

                if (_isCancelled || _read[reader] == _published)
                {
                    return;
                }
            }

            var slot = _read[reader] % Count;
            action(_buffers[slot].AsSpan(0, _lengths[slot]));
            lock (_gate)
            {
                _read[reader]++;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
