namespace MiniDock.Engine.Images.Tar;

/// <summary>What a tar member makes. Extension headers (long names, pax) never show up as entries.</summary>
public enum TarEntryType
{
    File,
    HardLink,
    SymbolicLink,
    CharacterDevice,
    BlockDevice,
    Directory,
    Fifo,
}
