namespace MiniDock.Linux;

/// <summary>What to wait for and what happened; the values are those of <c>poll(2)</c> and <c>epoll(7)</c> alike.</summary>
[Flags]
public enum PollEvents : uint
{
    None = 0,
    Read = 1,
    Priority = 2,
    Write = 4,
    Error = 8,
    HangUp = 16,
    Invalid = 32,

    /// <summary>The peer shut its writing half (EPOLLRDHUP).</summary>
    ReadHangUp = 0x2000,

    /// <summary>Report a change once instead of the state (EPOLLET, epoll only).</summary>
    EdgeTriggered = 0x8000_0000,
}
