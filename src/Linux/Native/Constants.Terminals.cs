namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int TcSetDrain = 1;
    public const nuint IoctlGetWindowSize = 0x5413;
    public const nuint IoctlSetWindowSize = 0x5414;
    public const nuint IoctlGetForegroundGroup = 0x540F;

    /// <summary>Where <c>c_cc</c> begins in <c>struct termios</c>, and the places in it that we read.</summary>
    public const int TermiosCharacters = 17;
    public const int TermiosInterrupt = 0;
    public const int TermiosQuit = 1;

    /// <summary>ISIG: the characters make signals.</summary>
    public const uint TermiosSignals = 1;
    public const nuint IoctlPtyNumber = 0x8004_5430;
    public const nuint IoctlPtyLock = 0x4004_5431;
    public const nuint IoctlPtyPeer = 0x5441;
}
