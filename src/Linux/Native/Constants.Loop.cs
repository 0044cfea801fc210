namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const nuint LoopClearFd = 0x4C01;
    public const nuint LoopGetStatus = 0x4C05;
    public const nuint LoopConfigure = 0x4C0A;
    public const nuint LoopControlGetFree = 0x4C82;
    public const nuint BlockDiscard = 0x1277;
    public const uint LoopReadOnly = 1;
    public const uint LoopAutoClear = 4;
    public const uint LoopDirectIo = 16;
}
