namespace MiniDock.Linux.Native;

/// <summary><c>struct sockaddr_un</c>.</summary>
internal unsafe struct SockAddrUn
{
    public ushort Family;
    public fixed byte Path[108];
}
