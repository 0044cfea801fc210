namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int AfUnix = 1;
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int AfNetlink = 16;
    public const int SockStream = 1;
    public const int SockDgram = 2;
    public const int SockRaw = 3;
    public const int SockSeqPacket = 5;
    public const int SockNonBlock = 0x800;
    public const int SockCloseOnExec = 0x8_0000;
    public const int SolSocket = 1;
    public const int SoReuseAddress = 2;
    public const int IpProtoIpv6 = 41;
    public const int Ipv6V6Only = 26;
    public const int SoPeerCred = 17;
    public const int SoSendBufferForce = 32;
    public const int SoReceiveBufferForce = 33;
    public const int ScmRights = 1;
    public const int MsgPeek = 2;
    public const int MsgDontWait = 0x40;
    public const int MsgNoSignal = 0x4000;
    public const int MsgCmsgCloseOnExec = 0x4000_0000;
    public const int ShutdownWrite = 1;
}
