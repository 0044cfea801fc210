namespace MiniDock.Engine.Images.Tar;

/// <summary>An archive that cannot be taken as it is: damaged, cut short, or asking for something that is never allowed.</summary>
/// <remarks>The message says what is wrong and where; the command adds the archive's name.</remarks>
public sealed class ArchiveException(string message, string? hint = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Hint { get; } = hint;
}
