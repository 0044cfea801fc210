using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Reads one output of a container: a pipe, or the master of its terminal.</summary>
internal sealed class OutputReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly bool _ownsFile;
    private readonly OutputReceiver _receive;
    private readonly EventLoop.Registration _registration;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public OutputReader(EventLoop loop, SafeFileHandle file, bool ownsFile, OutputReceiver receive)
    {
        (_file, _ownsFile, _receive) = (file, ownsFile, receive);
        Files.SetNonBlocking(file, true);
        _registration = loop.Add(file, PollEvents.Read, _ => Read());
    }

    public delegate void OutputReceiver(ReadOnlySpan<byte> bytes);

    /// <summary>Whether all its writers are gone.</summary>
    public bool HasEnded { get; private set; }

    public void Dispose()
    {
        _registration.Dispose();
        if (_ownsFile)
        {
            _file.Dispose();
        }
    }

    private void Read()
    {
        switch (Files.TryRead(_file, _buffer, out var count))
        {
            case Errno.Success when count > 0:
                _receive(_buffer.AsSpan(0, count));
                break;
            case Errno.EAGAIN:
                break;
            default:
                // The end of a pipe; EIO on a terminal that no process has open.
                HasEnded = true;
                _registration.Dispose();
                break;
        }
    }
}
