namespace MiniDock.Embedding;

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">Its first process's exit code, 128+N when signal N killed it.</param>
/// <param name="OomKilled">Whether a process of it was killed at the memory limit.</param>
public sealed record ContainerExit(int ExitCode, bool OomKilled);
