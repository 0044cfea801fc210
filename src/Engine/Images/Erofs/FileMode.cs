namespace MiniDock.Engine.Images.Erofs;

/// <summary>File types in st_mode (inode(7)).</summary>
internal static class FileMode
{
    public const int TypeMask = 0xF000;
    public const int Fifo = 0x1000;
    public const int CharacterDevice = 0x2000;
    public const int Directory = 0x4000;
    public const int BlockDevice = 0x6000;
    public const int Regular = 0x8000;
    public const int SymbolicLink = 0xA000;
}
