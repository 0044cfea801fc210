namespace MiniDock.Linux.Child;

/// <summary>Why a child did not get to its program.</summary>
/// <param name="Step">Number of the plan step, as given to <see cref="ChildProgramBuilder.BeginStep"/>; 0 is the start of the child itself.</param>
/// <param name="Errno">What the kernel said.</param>
/// <param name="SystemCall">Number of the system call that failed, -1 for a check of the program itself.</param>
public sealed record ChildFailure(int Step, Errno Errno, int SystemCall);
