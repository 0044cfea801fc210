using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>What attached clients write to.</summary>
internal interface IAttachTarget
{
    /// <summary>Bytes for the container's standard input.</summary>
    void Input(byte[] bytes);

    /// <summary>No more input comes.</summary>
    void EndInput();

    /// <summary>A client's window has this size.</summary>
    void Resize(ushort rows, ushort columns);

    /// <summary>A client was sent this signal.</summary>
    void Signal(Signal signal);
}
