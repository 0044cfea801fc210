namespace MiniDock.Linux.Bpf;

/// <summary>
/// Encodes BPF instructions, <c>bpf/standardization/instruction-set.rst</c>: opcode in bits 0 to 7, destination 8 to 11, source
/// 12 to 15, jump distance 16 to 31, constant 32 to 63.
/// </summary>
internal static class BpfInstruction
{
    private const byte LoadWordOpcode = 0x61;
    private const byte Move32Opcode = 0xbc;
    private const byte Set32Opcode = 0xb4;
    private const byte And32Opcode = 0x54;
    private const byte ShiftRight32Opcode = 0x74;
    private const byte JumpNotEqual32Opcode = 0x56;
    private const byte ExitOpcode = 0x95;

    public static ulong Exit => Encode(ExitOpcode, BpfRegister.R0, BpfRegister.R0, 0, 0);

    public static ulong LoadWord(BpfRegister to, BpfRegister address, short offset) => Encode(LoadWordOpcode, to, address, offset, 0);

    public static ulong Move(BpfRegister to, BpfRegister from) => Encode(Move32Opcode, to, from, 0, 0);

    public static ulong Set(BpfRegister to, uint value) => Encode(Set32Opcode, to, BpfRegister.R0, 0, value);

    public static ulong And(BpfRegister to, uint mask) => Encode(And32Opcode, to, BpfRegister.R0, 0, mask);

    public static ulong ShiftRight(BpfRegister to, uint bits) => Encode(ShiftRight32Opcode, to, BpfRegister.R0, 0, bits);

    /// <summary>Skips instructions where the register differs, Linux 5.1 (32-bit comparison).</summary>
    public static ulong JumpIfNot(BpfRegister register, uint value, short distance) =>
        Encode(JumpNotEqual32Opcode, register, BpfRegister.R0, distance, value);

    /// <summary>The same jump with another distance.</summary>
    public static ulong WithJump(ulong instruction, short distance) => (instruction & ~0xFFFF_0000UL) | ((ulong)(ushort)distance << 16);

    private static ulong Encode(byte opcode, BpfRegister destination, BpfRegister source, short offset, uint constant) =>
        opcode | ((ulong)destination << 8) | ((ulong)source << 12) | ((ulong)(ushort)offset << 16) | ((ulong)constant << 32);
}
