namespace MiniDock.Linux.Native;

/// <summary><c>struct timespec</c>.</summary>
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary><c>struct itimerspec</c>.</summary>
internal struct ItimerSpec
{
    public Timespec Interval;
    public Timespec Value;
}
