namespace MiniDock.Linux.Child;

/// <summary>O_* of open(2) that child programs use; O_CLOEXEC is always added.</summary>
[Flags]
public enum FileOpen
{
    Read = 0,
    Write = 0x1,
    ReadWrite = 0x2,
    Create = 0x40,
    Exclusive = 0x80,
    NoControllingTerminal = 0x100,
    Truncate = 0x200,
    NonBlocking = 0x800,
    Directory = 0x10000,
    NoFollow = 0x20000,
    Path = 0x200000,
}
