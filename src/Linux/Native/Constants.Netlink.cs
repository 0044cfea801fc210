namespace MiniDock.Linux.Native;

/// <summary>Constants of <c>netlink(7)</c> and <c>rtnetlink(7)</c>.</summary>
internal static partial class Constants
{
    public const int SolNetlink = 270;
    public const int NetlinkCapAck = 10;
    public const int NetlinkExtAck = 11;
    public const int NetlinkGetStrictCheck = 12;

    public const ushort NlmsgNoop = 1;
    public const ushort NlmsgError = 2;
    public const ushort NlmsgDone = 3;
    public const ushort NlmFRequest = 1;
    public const ushort NlmFAck = 4;
    public const ushort NlmFCapped = 0x100;
    public const ushort NlmFAckTlvs = 0x200;
    public const ushort NlmFReplace = 0x100;
    public const ushort NlmFExclusive = 0x200;
    public const ushort NlmFCreate = 0x400;
    public const ushort NlmFAppend = 0x800;
    public const ushort NlmFDump = 0x300;
    public const ushort NlmsgErrAttrMessage = 1;
    public const ushort NlaNested = 0x8000;
    public const ushort NlaTypeMask = 0x3FFF;

    public const ushort RtmNewLink = 16;
    public const ushort RtmDelLink = 17;
    public const ushort RtmGetLink = 18;
    public const ushort RtmNewAddress = 20;
    public const ushort RtmDelAddress = 21;
    public const ushort RtmGetAddress = 22;
    public const ushort RtmNewRoute = 24;
    public const ushort RtmDelRoute = 25;
    public const ushort RtmGetRoute = 26;
    public const ushort RtmNewNeighbour = 28;

    public const uint IffUp = 1;
    public const uint IffLowerUp = 0x1_0000;

    public const ushort IflaAddress = 1;
    public const ushort IflaIfName = 3;
    public const ushort IflaMtu = 4;
    public const ushort IflaLink = 5;
    public const ushort IflaMaster = 10;
    public const ushort IflaLinkInfo = 18;
    public const ushort IflaNetNsPid = 19;
    public const ushort IflaStats64 = 23;
    public const ushort IflaNetNsFd = 28;
    public const ushort IflaNumTxQueues = 31;
    public const ushort IflaNumRxQueues = 32;
    public const ushort IflaInfoKind = 1;
    public const ushort IflaInfoData = 2;
    public const ushort IflaInfoSlaveKind = 4;
    public const ushort IflaInfoSlaveData = 5;
    public const ushort VethInfoPeer = 1;
    public const ushort IflaMacvlanMode = 1;
    public const ushort IflaIpvlanMode = 1;
    public const ushort IflaBrportMode = 4;
    public const ushort IflaBrportIsolated = 33;
    public const ushort IflaVlanId = 1;

    public const ushort IfaAddress = 1;
    public const ushort IfaLocal = 2;
    public const ushort IfaBroadcast = 4;
    public const ushort IfaFlags = 8;
    public const uint IfaFNoDad = 2;

    public const ushort RtaDestination = 1;
    public const ushort RtaOutInterface = 4;
    public const ushort RtaGateway = 5;
    public const ushort RtaPriority = 6;
    public const ushort RtaPreferredSource = 7;
    public const byte RtTableMain = 254;
    public const byte RtProtoUnspecified = 0;
    public const byte RtProtoBoot = 3;
    public const byte RtProtoKernel = 2;
    public const byte RtScopeUniverse = 0;
    public const byte RtScopeLink = 253;
    public const byte RtScopeNowhere = 255;
    public const byte RtnUnicast = 1;

    public const ushort NdaDestination = 1;
    public const ushort NdaLinkAddress = 2;
    public const ushort NudPermanent = 0x80;
}
