using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Bpf;

/// <summary>
/// A BPF program that decides for a cgroup of version 2 which devices may be opened and made, as the devices controller does on
/// version 1: what no single rule allows is EPERM. Linux 4.15, CONFIG_CGROUP_BPF; cgroup-v2.rst "Device controller".
/// </summary>
public static unsafe class CgroupDeviceProgram
{
    private const int CommandLoad = 5;
    private const int CommandAttach = 8;
    private const uint ProgramTypeCgroupDevice = 15;
    private const uint AttachTypeCgroupDevice = 6;
    private const int CommandGetById = 13;
    private const int CommandQuery = 16;
    private const int MostPrograms = 64;
    private const uint AttachAllowMultiple = 2;
    private const uint AttachReplace = 4;

    /// <summary>
    /// Loads a program and attaches it to a group, beside programs that are there. The group keeps it: it goes when the group goes.
    /// Needs CAP_BPF and CAP_NET_ADMIN, or CAP_SYS_ADMIN.
    /// </summary>
    /// <param name="group">The group's directory, open.</param>
    /// <param name="rules">What is allowed.</param>
    public static void Attach(SafeFileHandle group, IEnumerable<CgroupDeviceRule> rules) => Attach(group, rules, null);

    /// <summary>
    /// Loads a program and lets it take the place of the group's first one, at one instant (Linux 5.6): that was attached when the group was made. Where
    /// there is none it is attached.
    /// </summary>
    /// <inheritdoc cref="Attach(SafeFileHandle, IEnumerable{CgroupDeviceRule})"/>
    public static void Replace(SafeFileHandle group, IEnumerable<CgroupDeviceRule> rules)
    {
        using SafeFileHandle? before = First(group);
        Attach(group, rules, before);
    }

    /// <summary>
    /// The program's instructions, 8 bytes each. Its argument is <c>struct bpf_cgroup_dev_ctx</c>: access shifted left by 16 and
    /// type in one word, major, minor. It gives 1 to allow and 0 to refuse.
    /// </summary>
    public static ulong[] Assemble(IEnumerable<CgroupDeviceRule> rules)
    {
        List<ulong> code =
        [
            BpfInstruction.LoadWord(BpfRegister.R2, BpfRegister.R1, 0),
            BpfInstruction.Move(BpfRegister.R3, BpfRegister.R2),
            BpfInstruction.ShiftRight(BpfRegister.R3, 16),
            BpfInstruction.And(BpfRegister.R2, 0xFFFF),
            BpfInstruction.LoadWord(BpfRegister.R4, BpfRegister.R1, 4),
            BpfInstruction.LoadWord(BpfRegister.R5, BpfRegister.R1, 8),
        ];
        foreach (CgroupDeviceRule rule in rules)
        {
            Append(code, rule);
        }

        code.Add(BpfInstruction.Set(BpfRegister.R0, 0));
        code.Add(BpfInstruction.Exit);
        return [.. code];
    }

    // Each test that fails jumps over the rest of its rule.
    private static void Append(List<ulong> code, CgroupDeviceRule rule)
    {
        const uint TypeBlock = 1;
        const uint TypeCharacter = 2;
        var tests = new List<(bool IsPreparation, ulong Word)>();
        if (rule.Type != 'a')
        {
            tests.Add((false, BpfInstruction.JumpIfNot(BpfRegister.R2, rule.Type == 'b' ? TypeBlock : TypeCharacter, 0)));
        }

        if (rule.Major is { } major)
        {
            tests.Add((false, BpfInstruction.JumpIfNot(BpfRegister.R4, major, 0)));
        }

        if (rule.Minor is { } minor)
        {
            tests.Add((false, BpfInstruction.JumpIfNot(BpfRegister.R5, minor, 0)));
        }

        if (rule.Access != DeviceAccess.All)
        {
            tests.Add((true, BpfInstruction.Move(BpfRegister.R0, BpfRegister.R3)));
            tests.Add((true, BpfInstruction.And(BpfRegister.R0, (uint)(DeviceAccess.All & ~rule.Access))));
            tests.Add((false, BpfInstruction.JumpIfNot(BpfRegister.R0, 0, 0)));
        }

        const int AllowLength = 2;
        for (int i = 0; i < tests.Count; i++)
        {
            int distance = tests.Count - i - 1 + AllowLength;
            code.Add(tests[i].IsPreparation ? tests[i].Word : BpfInstruction.WithJump(tests[i].Word, (short)distance));
        }

        code.Add(BpfInstruction.Set(BpfRegister.R0, 1));
        code.Add(BpfInstruction.Exit);
    }

    private static void Attach(SafeFileHandle group, IEnumerable<CgroupDeviceRule> rules, SafeFileHandle? before)
    {
        using SafeFileHandle program = Load(Assemble(rules));
        using var target = new FdLease(group);
        using var attached = new FdLease(program);
        using var replaced = new FdLease(before, whenNull: 0);
        var attributes = new AttachAttributes
        {
            Target = (uint)target.Number,
            Program = (uint)attached.Number,
            Type = AttachTypeCgroupDevice,
            Flags = AttachAllowMultiple | (before is null ? 0 : AttachReplace),
            Replaced = (uint)replaced.Number,
        };

        // SAFETY: the structure lives for the call and its size is given.
        Errno errno = CallResult.Of(Libc.syscall(SystemCalls.Bpf, CommandAttach, (nint)(&attributes), sizeof(AttachAttributes)));
        Files.Check(errno, "attach device program to", group);
    }

    private static SafeFileHandle? First(SafeFileHandle group)
    {
        using var target = new FdLease(group);
        uint* ids = stackalloc uint[MostPrograms];
        var query = new QueryAttributes { Target = (uint)target.Number, Type = AttachTypeCgroupDevice, Programs = (ulong)ids, Count = MostPrograms };

        // SAFETY: the structure and the array that it points to live for the call; the size of the array is given.
        Errno errno = CallResult.Of(Libc.syscall(SystemCalls.Bpf, CommandQuery, (nint)(&query), sizeof(QueryAttributes)));
        Files.Check(errno, "query device programs of", group);
        if (query.Count == 0)
        {
            return null;
        }

        ulong id = ids[0];
        nint result = Libc.syscall(SystemCalls.Bpf, CommandGetById, (nint)(&id), sizeof(ulong));
        Files.Check(CallResult.Handle(result, out SafeFileHandle program), "open device program of", group);
        return program;
    }

    private static SafeFileHandle Load(ulong[] code)
    {
        // SAFETY: code and licence are pinned for the call; the kernel copies both.
        fixed (ulong* instructions = code)
        fixed (byte* license = "Apache-2.0\0"u8)
        {
            var attributes = new LoadAttributes
            {
                Type = ProgramTypeCgroupDevice,
                InstructionCount = (uint)code.Length,
                Instructions = (ulong)instructions,
                License = (ulong)license,
            };
            nint result = Libc.syscall(SystemCalls.Bpf, CommandLoad, (nint)(&attributes), sizeof(LoadAttributes));
            Files.Check(CallResult.Handle(result, out SafeFileHandle program), "load device program", null, "");
            return program;
        }
    }

    // The beginnings of union bpf_attr; the kernel takes what is missing as zero.
    private struct LoadAttributes
    {
        public uint Type;
        public uint InstructionCount;
        public ulong Instructions;
        public ulong License;
    }

    private struct AttachAttributes
    {
        public uint Target;
        public uint Program;
        public uint Type;
        public uint Flags;
        public uint Replaced;
    }

    private struct QueryAttributes
    {
        public uint Target;
        public uint Type;
        public uint QueryFlags;
        public uint AttachFlags;
        public ulong Programs;
        public uint Count;
    }
}
