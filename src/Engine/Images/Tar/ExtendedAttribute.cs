namespace MiniDock.Engine.Images.Tar;

/// <summary>An extended attribute, with the name as the kernel spells it (<c>security.capability</c>).</summary>
public readonly record struct ExtendedAttribute(string Name, ReadOnlyMemory<byte> Value);
