namespace MiniDock.Linux.Bpf;

/// <summary>The system calls of one of the three interfaces that an x86-64 kernel has.</summary>
public sealed class SyscallTable
{
    /// <summary>What marks the numbers of the x32 interface.</summary>
    public const uint X32Bit = 0x4000_0000;

    private readonly (int First, string[] Names)[] _runs;
    private Dictionary<string, uint>? _numbers;

    private SyscallTable(string name, uint auditArchitecture, uint bit, (int First, string[] Names)[] runs)
    {
        Name = name;
        AuditArchitecture = auditArchitecture;
        Bit = bit;
        _runs = runs;
    }

    /// <summary>x86-64.</summary>
    public static SyscallTable X64 { get; } = new("SCMP_ARCH_X86_64", 0xC000_003E, 0, SyscallTables.X64);

    /// <summary>i386 programs, and any program that uses <c>int 0x80</c>.</summary>
    public static SyscallTable X86 { get; } = new("SCMP_ARCH_X86", 0x4000_0003, 0, SyscallTables.X86);

    /// <summary>x32 programs, and any program that sets bit 30: shares the architecture number of x86-64.</summary>
    public static SyscallTable X32 { get; } = new("SCMP_ARCH_X32", 0xC000_003E, X32Bit, SyscallTables.X32);

    /// <summary>Its name in profiles.</summary>
    public string Name { get; }

    /// <summary>AUDIT_ARCH_*, as <c>struct seccomp_data</c> has it.</summary>
    public uint AuditArchitecture { get; }

    /// <summary>What is or-ed to its numbers.</summary>
    public uint Bit { get; }

    /// <summary>All calls, ascending by number.</summary>
    public IEnumerable<(uint Number, string Name)> All =>
        from run in _runs
        from n in Enumerable.Range(0, run.Names.Length)
        where run.Names[n].Length > 0
        select ((uint)(run.First + n) | Bit, run.Names[n]);

    /// <summary>The highest number that we know.</summary>
    public uint Last => (uint)(_runs[^1].First + _runs[^1].Names.Length - 1) | Bit;

    /// <summary>The number of a call, or null where this interface does not have it.</summary>
    public uint? NumberOf(string name)
    {
        // The x32 table has the 64-bit variant before the one that x32 programs call: the last one wins.
        _numbers ??= All.GroupBy(c => c.Name, c => c.Number, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return _numbers.TryGetValue(name, out uint number) ? number : null;
    }
}
