namespace MiniDock.Linux;

/// <summary>Resources with limits, RLIMIT_*.</summary>
public enum Resource
{
    CpuSeconds = 0,
    FileSizeBytes = 1,
    DataBytes = 2,
    StackBytes = 3,
    CoreBytes = 4,
    ResidentBytes = 5,
    Processes = 6,
    OpenFiles = 7,
    LockedMemoryBytes = 8,
    AddressSpaceBytes = 9,
    Locks = 10,
    PendingSignals = 11,
    MessageQueueBytes = 12,
    Nice = 13,
    RealTimePriority = 14,
    RealTimeMicroseconds = 15,
}
