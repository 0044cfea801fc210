namespace MiniDock.Linux.Bpf;

/// <summary>Registers of the BPF machine, <c>bpf/standardization/instruction-set.rst</c>: R0 is the result, R1 the argument.</summary>
internal enum BpfRegister
{
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
}
