namespace MiniDock.Linux;

/// <summary>One event that <see cref="Polling.EpollWait"/> reports: the key that the descriptor was added with.</summary>
public readonly record struct ReadyEvent(ulong Key, PollEvents Events);
