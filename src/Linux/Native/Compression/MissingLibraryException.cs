namespace MiniDock.Linux.Native.Compression;

/// <summary>A shared library that the system does not have.</summary>
public sealed class MissingLibraryException(string library, string package, Exception inner)
    : IOException($"load {library}: ENOENT (no such library)", inner)
{
    /// <summary>Debian's package that has it.</summary>
    public string Package { get; } = package;
}
