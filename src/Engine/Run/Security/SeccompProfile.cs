using MiniDock.Linux;
using MiniDock.Linux.Bpf;

namespace MiniDock.Engine.Run.Security;

/// <summary>A profile for one container: conditions on capabilities and kernels are already decided.</summary>
/// <param name="Default">What happens to calls that no entry names.</param>
/// <param name="Interfaces">The interfaces that may be used; using another ends the process.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Flags">SECCOMP_FILTER_FLAG_*.</param>
internal sealed record SeccompProfile(SeccompAction Default, IReadOnlyList<SyscallTable> Interfaces, IReadOnlyList<SeccompEntry> Entries, uint Flags = 0)
{
    public SeccompFilter Compile() => new(SeccompCompiler.Compile([.. Interfaces.Select(RulesOf)]), Flags);

    public SeccompRules RulesOf(SyscallTable table)
    {
        List<SeccompRule> rules = [];
        foreach (var entry in Entries)
        {
            foreach (var name in entry.Names)
            {
                if (table.NumberOf(name) is { } number)
                {
                    rules.Add(new SeccompRule(number, entry.Action, entry.Conditions));
                }
            }
        }

        // Where known calls are refused, calls that are newer than our tables must look missing, not forbidden: libraries
        // then fall back to an older one.
        return new SeccompRules(table, rules, Default, Default.IsError ? SeccompAction.Fail(Errno.ENOSYS) : Default);
    }
}
