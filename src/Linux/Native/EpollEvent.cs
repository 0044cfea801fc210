using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary><c>struct epoll_event</c>, packed on x86-64.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct EpollEvent
{
    public uint Events;
    public ulong Data;
}
