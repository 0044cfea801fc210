namespace MiniDock.Linux;

/// <summary>One entry of a directory. The kind is <see cref="FileKind.Unknown"/> where the file system does not tell.</summary>
public readonly record struct DirectoryEntry(byte[] Name, FileKind Kind, ulong Inode)
{
    /// <summary>The name as text.</summary>
    public string Text => new PathName(Name).ToString();
}
