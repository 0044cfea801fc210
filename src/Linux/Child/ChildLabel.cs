namespace MiniDock.Linux.Child;

/// <summary>A place in a child program that jumps lead to; set by <see cref="ChildProgramBuilder.Mark"/>.</summary>
public readonly record struct ChildLabel(int Number);
