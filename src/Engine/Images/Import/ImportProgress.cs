namespace MiniDock.Engine.Images.Import;

/// <summary>How far an import is.</summary>
/// <param name="SourceBytes">Bytes taken from the source.</param>
/// <param name="TotalBytes">Length of the source, or null where it is a pipe.</param>
/// <param name="UnpackedBytes">Bytes of tar so far.</param>
public readonly record struct ImportProgress(long SourceBytes, long? TotalBytes, long UnpackedBytes);
