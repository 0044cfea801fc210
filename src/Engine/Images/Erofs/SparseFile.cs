using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>A sparse file: its extents lie one after the other in the tar and are put in place at the image's end.</summary>
/// <param name="Inode">Index of its inode.</param>
/// <param name="TarOffsetBytes">Where the first extent's bytes begin in the tar.</param>
/// <param name="Extents">Where they belong in the file.</param>
internal sealed record SparseFile(int Inode, long TarOffsetBytes, IReadOnlyList<SparseExtent> Extents);
