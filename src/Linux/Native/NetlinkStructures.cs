namespace MiniDock.Linux.Native;

/// <summary><c>struct nlmsghdr</c>.</summary>
internal struct NlMsgHdr
{
    public uint Length;
    public ushort Type;
    public ushort Flags;
    public uint Sequence;
    public uint PortId;
}

/// <summary><c>struct nlattr</c>.</summary>
internal struct NlAttr
{
    public ushort Length;
    public ushort Type;
}

/// <summary><c>struct sockaddr_nl</c>.</summary>
internal struct SockAddrNl
{
    public ushort Family;
    public ushort Padding;
    public uint PortId;
    public uint Groups;
}

/// <summary><c>struct ifinfomsg</c>.</summary>
internal struct IfInfoMsg
{
    public byte Family;
    public byte Padding;
    public ushort Type;
    public int Index;
    public uint Flags;
    public uint Change;
}

/// <summary><c>struct ifaddrmsg</c>.</summary>
internal struct IfAddrMsg
{
    public byte Family;
    public byte PrefixLength;
    public byte Flags;
    public byte Scope;
    public uint Index;
}

/// <summary><c>struct rtmsg</c>.</summary>
internal struct RtMsg
{
    public byte Family;
    public byte DestinationLength;
    public byte SourceLength;
    public byte TypeOfService;
    public byte Table;
    public byte Protocol;
    public byte Scope;
    public byte Type;
    public uint Flags;
}

/// <summary><c>struct ndmsg</c>.</summary>
internal struct NdMsg
{
    public byte Family;
    public byte Padding1;
    public ushort Padding2;
    public int Index;
    public ushort State;
    public byte Flags;
    public byte Type;
}

/// <summary><c>struct nfgenmsg</c>; the resource id is big-endian.</summary>
internal struct NfGenMsg
{
    public byte Family;
    public byte Version;
    public ushort ResourceId;
}
