namespace MiniDock.Linux.Native;

/// <summary>Numbers of the calls made through <c>syscall(2)</c>, x86-64. From 424 on they are the same everywhere.</summary>
internal static class SyscallNumber
{
    public const int PivotRoot = 155;
    public const int GetDents64 = 217;
    public const int WaitId = 247;
    public const int RenameAt2 = 316;
    public const int MemfdCreate = 319;
    public const int Bpf = 321;
    public const int CopyFileRange = 326;
    public const int PidfdSendSignal = 424;
    public const int OpenTree = 428;
    public const int MoveMount = 429;
    public const int FsOpen = 430;
    public const int FsConfig = 431;
    public const int FsMount = 432;
    public const int FsPick = 433;
    public const int PidfdOpen = 434;
    public const int Clone3 = 435;
    public const int CloseRange = 436;
    public const int OpenAt2 = 437;
    public const int PidfdGetFd = 438;
    public const int MountSetAttr = 442;
    public const int FchmodAt2 = 452;
}
