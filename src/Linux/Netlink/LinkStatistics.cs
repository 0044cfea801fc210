namespace MiniDock.Linux.Netlink;

/// <summary>Counters of a link.</summary>
public readonly record struct LinkStatistics(
    ulong ReceivedPackets,
    ulong SentPackets,
    ulong ReceivedBytes,
    ulong SentBytes,
    ulong ReceiveErrors,
    ulong SendErrors,
    ulong ReceiveDropped,
    ulong SendDropped);
