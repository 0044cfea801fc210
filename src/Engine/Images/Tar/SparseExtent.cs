namespace MiniDock.Engine.Images.Tar;

/// <summary>A stretch of real data in a sparse file; everything between extents reads as zeros.</summary>
/// <param name="OffsetBytes">Where it lies in the file.</param>
/// <param name="LengthBytes">Its length; 0 marks the end of the file in GNU maps.</param>
public readonly record struct SparseExtent(long OffsetBytes, long LengthBytes);
