namespace MiniDock.Linux;

/// <summary>What makes a namespace itself: two descriptors with equal ids are the same namespace.</summary>
public readonly record struct NamespaceId(DeviceNumber Device, ulong Inode);
