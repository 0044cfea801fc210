namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int CloneFs = 0x200;
    public const int IoctlNamespaceType = 0xB703;
    public const int WaitAll = 0;
    public const int WaitPidfd = 3;
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitNoReap = 0x100_0000;
    public const int ChildExited = 1;
    public const int ChildDumped = 3;

    public const int PrSetPdeathsig = 1;
    public const int PrSetDumpable = 4;
    public const int PrSetName = 15;
    public const int PrCapBsetRead = 23;
    public const int PrSetChildSubreaper = 36;
}
