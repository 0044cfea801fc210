namespace MiniDock.Linux.Native;

/// <summary>Constants of the kernel headers that no public enum holds. The Abi tests compare each with the headers.</summary>
internal static partial class Constants
{
    public const int AtFdCwd = -100;
    public const int AtSymlinkNoFollow = 0x100;
    public const int AtRemoveDir = 0x200;
    public const int AtNoAutomount = 0x800;
    public const int AtEmptyPath = 0x1000;
    public const int AtRecursive = 0x8000;

    public const uint StatxBasicStats = 0x7FF;
    public const uint StatxMountId = 0x1000;
    public const uint StatxMountIdUnique = 0x4000;
    public const ulong StatxAttrMountRoot = 0x2000;

    public const int LockShared = 1;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int LockUnlock = 8;

    public const uint MemfdCloseOnExec = 1;
    public const uint MemfdAllowSealing = 2;
    public const int FcntlDupCloseOnExec = 1030;
    public const int FcntlGetFlags = 3;
    public const int FcntlSetFlags = 4;
    public const int FcntlSetFd = 2;
    public const int FdCloseOnExec = 1;
    public const int SeekSet = 0;
    public const int SeekData = 3;
    public const int SeekHole = 4;
    public const uint SyncFileRangeWrite = 2;
    public const int MadvDontNeed = 4;
    public const long UtimeOmit = (1L << 30) - 2;
}
