namespace MiniDock.Linux.Bpf;

/// <summary>What a filter returns, SECCOMP_RET_*: the action in the upper half, its datum in the lower. seccomp(2).</summary>
/// <param name="Value">The number returned.</param>
public readonly record struct SeccompAction(uint Value)
{
    /// <summary>The call is made.</summary>
    public static readonly SeccompAction Allow = new(0x7FFF_0000);

    /// <summary>The call is made and logged, Linux 4.14.</summary>
    public static readonly SeccompAction Log = new(0x7FFC_0000);

    /// <summary>The process gets SIGSYS.</summary>
    public static readonly SeccompAction Trap = new(0x0003_0000);

    /// <summary>The thread ends.</summary>
    public static readonly SeccompAction KillThread = new(0);

    /// <summary>The process ends, Linux 4.14.</summary>
    public static readonly SeccompAction KillProcess = new(0x8000_0000);

    /// <summary>Whether it is a refusal with an error number.</summary>
    public bool IsError => (Value & 0xFFFF_0000) == 0x0005_0000;

    /// <summary>The call fails with an error number.</summary>
    public static SeccompAction Fail(Errno errno) => new(0x0005_0000u | (ushort)errno);

    /// <summary>A tracer decides.</summary>
    public static SeccompAction Trace(ushort datum) => new(0x7FF0_0000u | datum);
}
