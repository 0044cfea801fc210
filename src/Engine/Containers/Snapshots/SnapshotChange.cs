namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>A file that a container changed.</summary>
/// <param name="Path">Its path as bytes, without a slash in front.</param>
/// <param name="Kind">What became of it.</param>
public sealed record SnapshotChange(byte[] Path, ChangeKind Kind);
