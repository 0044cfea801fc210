namespace MiniDock.Linux.Native;

/// <summary>Constants that only child programs need.</summary>
internal static partial class Constants
{
    public const ulong ClonePidFd = 0x1000;
    public const ulong CloneIntoCgroup = 0x2_0000_0000;
    public const int SigSetMask = 2;
    public const nuint IoctlSetControllingTerminal = 0x540E;
    public const nuint IoctlSetForegroundGroup = 0x5410;
    public const int PrSetKeepCaps = 8;
    public const int PrCapBsetDrop = 24;
    public const int PrSetNoNewPrivs = 38;
    public const int PrCapAmbient = 47;
    public const int PrCapAmbientClearAll = 4;
    public const uint CapabilityVersion3 = 0x2008_0522;
    public const int KeyctlJoinSessionKeyring = 1;
    public const int SeccompSetModeFilter = 1;
}
