namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int OpenTreeClone = 1;
    public const int MoveMountFromEmptyPath = 4;
    public const int MoveMountToEmptyPath = 0x40;
    public const int FsOpenCloseOnExec = 1;
    public const int FsMountCloseOnExec = 1;
    public const int FsConfigSetFlag = 0;
    public const int FsConfigSetString = 1;
    public const int FsConfigSetFd = 5;
    public const int FsConfigCreate = 6;
}
