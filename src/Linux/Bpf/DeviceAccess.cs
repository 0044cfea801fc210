namespace MiniDock.Linux.Bpf;

/// <summary>What is done to a device, BPF_DEVCG_ACC_* of <c>linux/bpf.h</c>.</summary>
[Flags]
public enum DeviceAccess : uint
{
    None = 0,
    Make = 1,
    Read = 2,
    Write = 4,
    All = Make | Read | Write,
}
