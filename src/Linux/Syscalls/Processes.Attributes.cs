using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Processes
{
    /// <summary>Whether orphaned descendants become our children, <c>prctl(2)</c> PR_SET_CHILD_SUBREAPER.</summary>
    public static void SetChildSubreaper(bool on = true) => Prctl("set subreaper", Constants.PrSetChildSubreaper, on ? 1u : 0u);

    /// <summary>The signal that we get when the thread that created us ends, PR_SET_PDEATHSIG.</summary>
    public static void SetParentDeathSignal(Signal signal) => Prctl("set parent death signal", Constants.PrSetPdeathsig, (nuint)(int)signal);

    /// <summary>Whether others of our user may trace us and our /proc files are theirs, PR_SET_DUMPABLE.</summary>
    public static void SetDumpable(bool dumpable) => Prctl("set dumpable", Constants.PrSetDumpable, dumpable ? 1u : 0u);

    /// <summary>The calling thread's name, at most 15 bytes, PR_SET_NAME.</summary>
    public static void SetThreadName(string name)
    {
        using var text = new CString(name, stackalloc byte[CString.StackSize]);

        // SAFETY: NUL-terminated and pinned; the kernel reads 16 bytes at most.
        fixed (byte* p = text)
        {
            Prctl("set thread name", Constants.PrSetName, (nuint)p);
        }
    }

    /// <summary>A limit of a process, 0 for our own, <c>prlimit(2)</c>.</summary>
    public static ResourceLimit GetRlimit(Resource resource, int pid = 0)
    {
        RLimit limit = default;
        Check(CallResult.Of(Libc.prlimit(pid, (int)resource, null, &limit)), "get resource limit", pid);
        return new ResourceLimit(limit.Soft, limit.Hard);
    }

    /// <summary>Sets a limit of a process, 0 for our own, <c>prlimit(2)</c>. Raising a hard limit needs CAP_SYS_RESOURCE.</summary>
    public static void SetRlimit(Resource resource, ResourceLimit limit, int pid = 0)
    {
        var value = new RLimit { Soft = limit.Soft, Hard = limit.Hard };
        Errno errno = CallResult.Of(Libc.prlimit(pid, (int)resource, &value, null));
        if (errno != Errno.Success)
        {
            throw new LinuxException("set resource limit", resource.ToString(), errno, $"soft {limit.Soft}, hard {limit.Hard}");
        }
    }

    /// <summary>The CPUs that a process, 0 for the calling thread, may run on, in rising order, <c>sched_getaffinity(2)</c>.</summary>
    public static int[] SchedAffinity(int pid = 0)
    {
        const int MaskBytes = 1024;
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        Check(CallResult.Of(Libc.sched_getaffinity(pid, MaskBytes, mask)), "get CPU affinity", pid);
        List<int> cpus = [];
        for (int cpu = 0; cpu < MaskBytes * 8; cpu++)
        {
            if ((mask[cpu / 8] & (1 << (cpu % 8))) != 0)
            {
                cpus.Add(cpu);
            }
        }

        return [.. cpus];
    }

    /// <summary>Lets a process, 0 for the calling thread, run on these CPUs only, <c>sched_setaffinity(2)</c>.</summary>
    public static void SetSchedAffinity(ReadOnlySpan<int> cpus, int pid = 0)
    {
        const int MaskBytes = 1024;
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        foreach (int cpu in cpus)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cpu);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, MaskBytes * 8);
            mask[cpu / 8] |= (byte)(1 << (cpu % 8));
        }

        Check(CallResult.Of(Libc.sched_setaffinity(pid, MaskBytes, mask)), "set CPU affinity", pid);
    }

    /// <summary>A session of our own, without a controlling terminal, <c>setsid(2)</c>.</summary>
    public static void SetSid() => Check(CallResult.Of(Libc.setsid()), "create session", 0);

    /// <summary>Sets the process' file mode mask and returns the old one, <c>umask(2)</c>.</summary>
    public static uint SetUmask(uint mask) => Libc.umask(mask);

    private static void Prctl(string operation, int option, nuint argument) =>
        Check(CallResult.Of(Libc.prctl(option, argument, 0, 0, 0)), operation, 0);
}
