namespace MiniDock.Linux;

/// <summary>Flags of <c>open(2)</c>, x86-64. O_CLOEXEC is always added.</summary>
[Flags]
public enum OpenFlags
{
    ReadOnly = 0,
    WriteOnly = 1,
    ReadWrite = 2,
    Create = 0x40,
    Exclusive = 0x80,
    NoControllingTerminal = 0x100,
    Truncate = 0x200,
    Append = 0x400,
    NonBlocking = 0x800,
    Direct = 0x4000,
    Directory = 0x1_0000,
    NoFollow = 0x2_0000,
    NoAccessTime = 0x4_0000,
    CloseOnExec = 0x8_0000,
    Path = 0x20_0000,
    TemporaryFile = 0x41_0000,
}
