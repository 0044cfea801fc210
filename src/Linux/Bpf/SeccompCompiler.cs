namespace MiniDock.Linux.Bpf;

/// <summary>
/// Compiles rules to a filter. Numbers with the same outcome are merged to ranges, and the ranges are searched by a
/// balanced tree: some eight comparisons for a call instead of one for each rule before it, and a filter that loads in a
/// fraction of the time.
/// </summary>
public static class SeccompCompiler
{
    /// <summary>The filter, <c>struct sock_filter</c> each. Calls of an architecture without rules end the process.</summary>
    public static ulong[] Compile(IReadOnlyList<SeccompRules> interfaces)
    {
        List<ulong> filter = [ClassicBpf.Load(ClassicBpf.ArchitectureAt)];
        foreach (var architecture in interfaces.GroupBy(i => i.Table.AuditArchitecture))
        {
            List<ulong> body = [ClassicBpf.Load(ClassicBpf.CallAt), .. Tree([.. Segments([.. architecture.OrderBy(i => i.Table.Bit)])])];
            filter.Add(ClassicBpf.Branch(ClassicBpf.JumpEqual, architecture.Key, 1, 0));
            filter.Add(ClassicBpf.Jump(body.Count));
            filter.AddRange(body);
        }

        filter.Add(ClassicBpf.Return(SeccompAction.KillProcess.Value));
        return [.. filter];
    }

    // The whole range of numbers as segments in ascending order; each begins where the one before it ends.
    private static IEnumerable<Segment> Segments(IReadOnlyList<SeccompRules> interfaces)
    {
        Segment? current = null;
        foreach (var next in Parts(interfaces))
        {
            if (current is null)
            {
                current = next;
            }
            else if (!next.Code.AsSpan().SequenceEqual(current.Code))
            {
                yield return current;
                current = next;
            }
        }

        yield return current!;
    }

    private static IEnumerable<Segment> Parts(IReadOnlyList<SeccompRules> interfaces)
    {
        // x86-64 programs may set the bit of x32: without rules for x32 that ends them.
        if (!interfaces.Any(i => i.Table.Bit == 0))
        {
            yield return new Segment(0, [ClassicBpf.Return(SeccompAction.KillProcess.Value)]);
        }

        foreach (var rules in interfaces)
        {
            ulong[] byDefault = [ClassicBpf.Return(rules.Default.Value)];
            uint next = rules.Table.Bit;
            foreach (var (call, own) in rules.ByCall())
            {
                if (call > next)
                {
                    yield return new Segment(next, byDefault);
                }

                yield return new Segment(call, Outcome(own, rules.Default));
                next = call + 1;
            }

            if (next <= rules.Table.Last)
            {
                yield return new Segment(next, byDefault);
            }

            yield return new Segment(Math.Max(next, rules.Table.Last + 1), [ClassicBpf.Return(rules.Unknown.Value)]);
        }

        if (interfaces[^1].Table.Bit == 0 && interfaces[0].Table == SyscallTable.X64)
        {
            yield return new Segment(SyscallTable.X32Bit, [ClassicBpf.Return(SeccompAction.KillProcess.Value)]);
        }
    }

    private static ulong[] Tree(ReadOnlySpan<Segment> segments)
    {
        if (segments.Length == 1)
        {
            return segments[0].Code;
        }

        // A part whose jumps all have eight bits shares its return instructions; larger trees are put together from such parts.
        if (SeccompTreePart.Fits(segments))
        {
            return SeccompTreePart.Compile(segments);
        }

        int middle = segments.Length / 2;
        ulong[] left = Tree(segments[..middle]);
        ulong[] right = Tree(segments[middle..]);
        return left.Length <= byte.MaxValue
            ? [ClassicBpf.Branch(ClassicBpf.JumpGreaterOrEqual, segments[middle].First, left.Length, 0), .. left, .. right]
            : [ClassicBpf.Branch(ClassicBpf.JumpGreaterOrEqual, segments[middle].First, 0, 1), ClassicBpf.Jump(left.Length), .. left, .. right];
    }

    // Built from the end, so that each condition knows how far it is to the next rule.
    private static ulong[] Outcome(IReadOnlyList<SeccompRule> rules, SeccompAction otherwise)
    {
        List<ulong> code = rules[^1].Conditions.Count == 0 ? [] : [ClassicBpf.Return(otherwise.Value)];
        for (int n = rules.Count - 1; n >= 0; n--)
        {
            List<ulong> rule = [ClassicBpf.Return(rules[n].Action.Value)];
            for (int c = rules[n].Conditions.Count - 1; c >= 0; c--)
            {
                rule.InsertRange(0, Test(rules[n].Conditions[c], rule.Count));
            }

            code.InsertRange(0, rule);
        }

        return [.. code];
    }

    // Falls through if the condition holds, else jumps over what is left of its rule. Arguments are compared in two halves.
    private static ulong[] Test(SeccompCondition condition, int rest)
    {
        uint low = ClassicBpf.ArgumentsAt + (uint)(8 * condition.Argument);
        var (valueLow, valueHigh) = ((uint)condition.Value, (uint)(condition.Value >> 32));
        ulong[] Ordered(ushort code, bool negated) => negated
            ? [ClassicBpf.Load(low + 4), ClassicBpf.Branch(ClassicBpf.JumpGreater, valueHigh, rest + 3, 0), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueHigh, 0, 2), ClassicBpf.Load(low), ClassicBpf.Branch(code, valueLow, rest, 0)]
            : [ClassicBpf.Load(low + 4), ClassicBpf.Branch(ClassicBpf.JumpGreater, valueHigh, 3, 0), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueHigh, 0, rest + 2), ClassicBpf.Load(low), ClassicBpf.Branch(code, valueLow, 0, rest)];
        return condition.Comparison switch
        {
            SeccompComparison.Equal =>
                [ClassicBpf.Load(low + 4), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueHigh, 0, rest + 2), ClassicBpf.Load(low), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueLow, 0, rest)],
            SeccompComparison.NotEqual =>
                [ClassicBpf.Load(low + 4), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueHigh, 0, 2), ClassicBpf.Load(low), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueLow, rest, 0)],
            SeccompComparison.MaskedEqual =>
            [
                ClassicBpf.Load(low + 4), ClassicBpf.And((uint)(condition.Mask >> 32)), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueHigh, 0, rest + 3),
                ClassicBpf.Load(low), ClassicBpf.And((uint)condition.Mask), ClassicBpf.Branch(ClassicBpf.JumpEqual, valueLow, 0, rest),
            ],
            SeccompComparison.GreaterOrEqual => Ordered(ClassicBpf.JumpGreaterOrEqual, negated: false),
            SeccompComparison.Greater => Ordered(ClassicBpf.JumpGreater, negated: false),
            SeccompComparison.Less => Ordered(ClassicBpf.JumpGreaterOrEqual, negated: true),
            _ => Ordered(ClassicBpf.JumpGreater, negated: true),
        };
    }

    /// <summary>System calls from a number on that have one outcome.</summary>
    internal sealed record Segment(uint First, ulong[] Code);
}
