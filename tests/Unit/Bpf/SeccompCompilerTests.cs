using MiniDock.Linux;
using MiniDock.Linux.Bpf;

namespace MiniDock.Tests.Unit.Bpf;

public sealed class SeccompCompilerTests
{
    private static readonly SeccompAction[] Actions = [SeccompAction.Allow, SeccompAction.Fail(Errno.EPERM), SeccompAction.Fail(Errno.ENOSYS), SeccompAction.Trap];
    private static readonly ulong[] Interesting = [0, 1, 2, 0x7E020000, uint.MaxValue, 1UL << 32, (1UL << 32) + 1, ulong.MaxValue];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_tree_decides_as_the_list_of_rules_would(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            SeccompRules[] interfaces = [RandomRules(random, SyscallTable.X64), RandomRules(random, SyscallTable.X86), RandomRules(random, SyscallTable.X32)];
            var filter = SeccompCompiler.Compile(interfaces);
            Assert.True(filter.Length <= 4096, $"{filter.Length} instructions");
            for (var probe = 0; probe < 500; probe++)
            {
                var rules = interfaces[random.Next(3)];
                var call = (uint)random.Next(0, 600) | rules.Table.Bit;
                ulong[] arguments = [.. Enumerable.Range(0, 6).Select(_ => Interesting[random.Next(Interesting.Length)])];
                Assert.Equal(Linear(rules, call, arguments).Value, ClassicBpfMachine.Run(filter, call, rules.Table.AuditArchitecture, arguments));
            }
        }
    }

    [Theory]
    [InlineData(SeccompComparison.NotEqual)]
    [InlineData(SeccompComparison.Less)]
    [InlineData(SeccompComparison.LessOrEqual)]
    [InlineData(SeccompComparison.Equal)]
    [InlineData(SeccompComparison.GreaterOrEqual)]
    [InlineData(SeccompComparison.Greater)]
    [InlineData(SeccompComparison.MaskedEqual)]
    public void A_comparison_covers_all_sixty_four_bits(SeccompComparison comparison)
    {
        foreach (var value in Interesting)
        {
            var condition = new SeccompCondition(3, comparison, value, 0xFF_0000_00FF);
            var rules = new SeccompRules(SyscallTable.X64, [new(5, SeccompAction.Allow, [condition])], SeccompAction.Trap, SeccompAction.Trap);
            var filter = SeccompCompiler.Compile([rules]);
            foreach (var argument in Interesting)
            {
                var expected = condition.Holds(argument) ? SeccompAction.Allow : SeccompAction.Trap;
                Assert.Equal(expected.Value, ClassicBpfMachine.Run(filter, 5, SyscallTable.X64.AuditArchitecture, 0, 0, 0, argument));
            }
        }
    }

    [Fact]
    public void Interfaces_without_rules_end_the_process()
    {
        var filter = SeccompCompiler.Compile([new SeccompRules(SyscallTable.X64, [], SeccompAction.Allow, SeccompAction.Allow)]);
        Assert.Equal(SeccompAction.Allow.Value, ClassicBpfMachine.Run(filter, 1, SyscallTable.X64.AuditArchitecture));
        Assert.Equal(SeccompAction.KillProcess.Value, ClassicBpfMachine.Run(filter, 1, SyscallTable.X86.AuditArchitecture));
        Assert.Equal(SeccompAction.KillProcess.Value, ClassicBpfMachine.Run(filter, 1 | SyscallTable.X32Bit, SyscallTable.X64.AuditArchitecture));
        Assert.Equal(SeccompAction.KillProcess.Value, ClassicBpfMachine.Run(filter, 1, 0xC00000B7));
    }

    private static SeccompRules RandomRules(Random random, SyscallTable table)
    {
        List<SeccompRule> rules = [];
        var dense = random.Next(2) == 0;
        for (var n = random.Next(0, dense ? 300 : 40); n > 0; n--)
        {
            SeccompCondition[] conditions = [.. Enumerable.Range(0, random.Next(4) == 0 ? random.Next(1, 4) : 0).Select(_ => new SeccompCondition(
                random.Next(6), (SeccompComparison)random.Next(7), Interesting[random.Next(Interesting.Length)], Interesting[random.Next(Interesting.Length)]))];
            rules.Add(new SeccompRule((uint)random.Next(0, 470) | table.Bit, Actions[random.Next(Actions.Length)], conditions));
        }

        return new SeccompRules(table, rules, Actions[random.Next(Actions.Length)], Actions[random.Next(Actions.Length)]);
    }

    private static SeccompAction Linear(SeccompRules rules, uint call, ulong[] arguments)
    {
        var own = rules.Rules.Where(r => r.Call == call).ToList();
        var first = own.Where(r => r.Conditions.Count > 0).Concat(own.Where(r => r.Conditions.Count == 0))
            .FirstOrDefault(r => r.Conditions.All(c => c.Holds(arguments[c.Argument])));
        return first?.Action ?? (call > rules.Table.Last ? rules.Unknown : rules.Default);
    }
}
