namespace MiniDock.Linux.Native;

internal static partial class Constants
{
    public const int EpollCloseOnExec = 0x8_0000;
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const int EventfdCloseOnExec = 0x8_0000;
    public const int SignalfdCloseOnExec = 0x8_0000;
    public const int SignalfdNonBlocking = 0x800;
    public const int SignalfdInfoSize = 128;
    public const int TimerfdCloseOnExec = 0x8_0000;
    public const int TimerfdNonBlocking = 0x800;
    public const int ClockMonotonic = 1;
    public const int SigBlock = 0;
    public const int SigUnblock = 1;

    /// <summary>Bytes of glibc's <c>sigset_t</c>; the kernel uses the first 8.</summary>
    public const int SigSetBytes = 128;
}
