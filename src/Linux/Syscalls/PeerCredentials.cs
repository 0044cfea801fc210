namespace MiniDock.Linux;

/// <summary>Who connected a unix socket, SO_PEERCRED, <c>unix(7)</c>.</summary>
public readonly record struct PeerCredentials(int Pid, uint Uid, uint Gid);
