namespace MiniDock.Linux.Native;

/// <summary><c>struct pollfd</c>.</summary>
internal struct PollFd
{
    public int Fd;
    public short Events;
    public short ReturnedEvents;
}
