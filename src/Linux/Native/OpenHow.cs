namespace MiniDock.Linux.Native;

/// <summary><c>struct open_how</c>.</summary>
internal struct OpenHow
{
    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
