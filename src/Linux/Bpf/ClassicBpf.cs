namespace MiniDock.Linux.Bpf;

/// <summary>
/// Encodes <c>struct sock_filter</c>, linux/filter.h: code in bits 0 to 15, jump distances in 16 to 23 (true) and 24 to 31
/// (false), constant in 32 to 63.
/// </summary>
internal static class ClassicBpf
{
    public const ushort LoadWord = 0x20;
    public const ushort JumpAlways = 0x05;
    public const ushort JumpEqual = 0x15;
    public const ushort JumpGreater = 0x25;
    public const ushort JumpGreaterOrEqual = 0x35;
    public const ushort AndConstant = 0x54;
    public const ushort ReturnConstant = 0x06;

    /// <summary>Offsets in <c>struct seccomp_data</c>.</summary>
    public const uint CallAt = 0;
    public const uint ArchitectureAt = 4;
    public const uint ArgumentsAt = 16;

    public static ulong Load(uint offset) => Encode(LoadWord, offset);

    public static ulong And(uint mask) => Encode(AndConstant, mask);

    public static ulong Return(uint value) => Encode(ReturnConstant, value);

    public static ulong Jump(int distance) => Encode(JumpAlways, checked((uint)distance));

    /// <summary>A conditional jump; the distances count from the next instruction and have eight bits.</summary>
    public static ulong Branch(ushort code, uint value, int whenTrue, int whenFalse) =>
        Encode(code, value) | (ulong)checked((byte)whenTrue) << 16 | (ulong)checked((byte)whenFalse) << 24;

    private static ulong Encode(ushort code, uint constant) => code | (ulong)constant << 32;
}
