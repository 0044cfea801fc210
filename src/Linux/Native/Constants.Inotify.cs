namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int InotifyCloseOnExec = 0x8_0000;
    public const int InotifyNonBlocking = 0x800;
    public const uint InotifyModify = 0x2;
    public const uint InotifyMovedTo = 0x80;
    public const uint InotifyCreate = 0x100;
}
