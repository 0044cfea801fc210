using MiniDock.Linux.Bpf;

namespace MiniDock.Tests.Unit.Bpf;

public class CgroupDeviceProgramTests
{
    private static readonly CgroupDeviceRule[] Rules =
    [
        new('b', null, null, DeviceAccess.Make),
        new('c', 1, 3, DeviceAccess.All),
        new('c', 136, null, DeviceAccess.All),
        new('c', 10, 229, DeviceAccess.Read),
    ];

    [Theory]
    [InlineData('c', 1, 3, DeviceAccess.Read | DeviceAccess.Write, true)]
    [InlineData('c', 1, 4, DeviceAccess.Read, false)]
    [InlineData('b', 1, 3, DeviceAccess.Read, false)]
    [InlineData('b', 8, 0, DeviceAccess.Make, true)]
    [InlineData('b', 8, 0, DeviceAccess.Make | DeviceAccess.Read, false)]
    [InlineData('c', 8, 0, DeviceAccess.Make, false)]
    [InlineData('c', 136, 77, DeviceAccess.All, true)]
    [InlineData('c', 10, 229, DeviceAccess.Read, true)]
    [InlineData('c', 10, 229, DeviceAccess.Read | DeviceAccess.Write, false)]
    public void What_no_single_rule_allows_is_refused(char type, uint major, uint minor, DeviceAccess access, bool allowed) =>
        Assert.Equal(allowed, Decide(CgroupDeviceProgram.Assemble(Rules), type, major, minor, access));

    [Fact]
    public void Without_rules_everything_is_refused() => Assert.False(Decide(CgroupDeviceProgram.Assemble([]), 'c', 1, 3, DeviceAccess.Read));

    [Fact]
    public void A_rule_for_all_types_matches_both()
    {
        var program = CgroupDeviceProgram.Assemble([new('a', null, null, DeviceAccess.All)]);

        Assert.True(Decide(program, 'b', 8, 0, DeviceAccess.All));
        Assert.True(Decide(program, 'c', 8, 0, DeviceAccess.All));
    }

    // A BPF machine of the few instructions that the program uses.
    private static bool Decide(ulong[] program, char type, uint major, uint minor, DeviceAccess access)
    {
        uint[] context = [((uint)access << 16) | (type == 'b' ? 1u : 2u), major, minor];
        var registers = new uint[11];
        for (var at = 0; ; at++)
        {
            var word = program[at];
            var (destination, source, offset, constant) = ((word >> 8) & 15, (word >> 12) & 15, (short)(word >> 16), (uint)(word >> 32));
            switch ((byte)word)
            {
                case 0x61: registers[destination] = context[offset / 4]; break;
                case 0xbc: registers[destination] = registers[source]; break;
                case 0xb4: registers[destination] = constant; break;
                case 0x54: registers[destination] &= constant; break;
                case 0x74: registers[destination] >>= (int)constant; break;
                case 0x56: at += registers[destination] != constant ? offset : 0; break;
                case 0x95: return registers[0] == 1;
                default: throw new InvalidOperationException($"opcode {word & 0xff:x}");
            }
        }
    }
}
