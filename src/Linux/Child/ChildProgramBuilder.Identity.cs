using System.Runtime.InteropServices;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

// Identity: namespaces, names, users, capabilities, limits, filters.
public sealed partial class ChildProgramBuilder
{
    /// <summary>Joins an existing namespace, or those of a process by its pidfd (Linux 5.8): setns(2).</summary>
    public void JoinNamespace(Operand descriptor, NamespaceTypes type) => Call(SystemCalls.Setns, descriptor, (long)type);

    /// <summary>Enters new namespaces: unshare(2).</summary>
    public void Unshare(NamespaceTypes namespaces) => Call(SystemCalls.Unshare, (long)namespaces);

    /// <summary>Until its exec the child is a copy of the engine: nobody in the namespaces it joins may trace it or open its /proc entries.</summary>
    public void ForbidTracing() => Call(SystemCalls.Prctl, Constants.PrSetDumpable, 0, 0, 0, 0);

    /// <summary>Starts a session: setsid(2).</summary>
    public void NewSession() => TryCall(null, null, [Errno.EPERM], SystemCalls.Setsid);

    /// <summary>Starts a session keyring of its own, keyrings(7); a kernel without keys, or none left, does no harm.</summary>
    public void NewKeyring(string name) => TryCall(null, null, [Errno.ENOSYS, Errno.EPERM, Errno.EACCES], SystemCalls.Keyctl, Constants.KeyctlJoinSessionKeyring, Text(name));

    /// <summary>Signal that the child gets when the engine's thread ends. Reset by a change of user: comes after it.</summary>
    public void ParentDeathSignal(Signal signal) => Call(SystemCalls.Prctl, Constants.PrSetPdeathsig, (int)signal, 0, 0, 0);

    /// <summary>
    /// Ends with the engine: SIGKILL when the thread that started the child ends, at once if it has ended already. Reset by a
    /// change of user: comes after it.
    /// </summary>
    /// <remarks>getppid(2) cannot tell: a parent outside of the pid namespace is always 0.</remarks>
    public void EndWithParent()
    {
        ChildLabel alive = NewLabel();
        ChildLabel orphaned = NewLabel();
        Operand received = NewSlot();
        ParentDeathSignal(Signal.SIGKILL);
        TryCall(alive, received, [], SystemCalls.Recvfrom, Control, Scratch, 1, Constants.MsgPeek | Constants.MsgDontWait, 0, 0);
        Jump(orphaned, received, 0);
        Jump(alive);
        Mark(orphaned);
        Exit(ChildInterpreter.FailureExitCode);
        Mark(alive);
    }

    /// <summary>Sets the host name.</summary>
    public void SetHostName(string name) => Call(SystemCalls.Sethostname, Text(name), System.Text.Encoding.UTF8.GetByteCount(name));

    /// <summary>Sets the NIS domain name.</summary>
    public void SetDomainName(string name) => Call(SystemCalls.Setdomainname, Text(name), System.Text.Encoding.UTF8.GetByteCount(name));

    /// <summary>Becomes a user. Permitted capabilities are kept for <see cref="SetCapabilities"/>; groups that are null are left as
    /// they are, as a user namespace without setgroups needs.</summary>
    /// <remarks>Raw system calls: libc's setuid would signal threads that the child does not have.</remarks>
    public void SetUser(uint user, uint group, IReadOnlyList<uint>? groups)
    {
        Call(SystemCalls.Prctl, Constants.PrSetKeepCaps, 1, 0, 0, 0);
        if (groups is not null)
        {
            Operand list = Bytes(MemoryMarshal.AsBytes<uint>(groups.ToArray()));
            Call(SystemCalls.Setgroups, groups.Count, list);
        }

        Call(SystemCalls.Setresgid, group, group, group);
        Call(SystemCalls.Setresuid, user, user, user);
    }

    /// <summary>Becomes a user that is known at run time only. Permitted capabilities are kept for <see cref="SetCapabilities"/>.</summary>
    public void SetUser(Operand user, Operand group, Operand groupCount, Operand groups)
    {
        Call(SystemCalls.Prctl, Constants.PrSetKeepCaps, 1, 0, 0, 0);
        Call(SystemCalls.Setgroups, groupCount, groups);
        Call(SystemCalls.Setresgid, group, group, group);
        Call(SystemCalls.Setresuid, user, user, user);
    }

    /// <summary>
    /// Makes files as a user without being it, setfsuid(2): what it makes belongs to that user, what it may do stays what it was.
    /// </summary>
    public void MakeFilesAs(uint user, uint group, ulong capabilities)
    {
        // Both calls give the old id and never fail; the first takes the file capabilities from the effective set.
        Call(SystemCalls.Setfsgid, group);
        Call(SystemCalls.Setfsuid, user);
        SetCapabilities(capabilities);
    }

    /// <summary>Drops everything but <paramref name="keep"/> from the bounding set, capabilities(7).</summary>
    public void LimitBoundingSet(ulong keep, int lastCapability)
    {
        for (int capability = 0; capability <= lastCapability; capability++)
        {
            if ((keep >> capability & 1) == 0)
            {
                Call(SystemCalls.Prctl, Constants.PrCapBsetDrop, capability, 0, 0, 0);
            }
        }
    }

    /// <summary>Permitted and effective become <paramref name="set"/>, inheritable and ambient empty: capset(2).</summary>
    public void SetCapabilities(ulong set)
    {
        uint low = (uint)set;
        uint high = (uint)(set >> 32);
        Operand header = Bytes(MemoryMarshal.AsBytes<uint>([Constants.CapabilityVersion3, 0]));
        Operand data = Bytes(MemoryMarshal.AsBytes<uint>([low, low, 0, high, high, 0]));
        Call(SystemCalls.Prctl, Constants.PrCapAmbient, Constants.PrCapAmbientClearAll, 0, 0, 0);
        Call(SystemCalls.Capset, header, data);
    }

    /// <summary>No program may give more privileges than there are: PR_SET_NO_NEW_PRIVS.</summary>
    public void ForbidNewPrivileges() => Call(SystemCalls.Prctl, Constants.PrSetNoNewPrivs, 1, 0, 0, 0);

    /// <summary>Sets a resource limit, getrlimit(2); <see cref="ulong.MaxValue"/> is no limit.</summary>
    public void SetLimit(Resource resource, ulong soft, ulong hard) =>
        Call(SystemCalls.Prlimit64, 0, (int)resource, Bytes(MemoryMarshal.AsBytes<ulong>([soft, hard])), 0);

    /// <summary>Sets the mask for new files.</summary>
    public void SetFileModeMask(uint mask) => Call(SystemCalls.Umask, mask);

    /// <summary>Loads a seccomp(2) filter.</summary>
    /// <param name="filter">Instructions of eight bytes each, <c>struct sock_filter</c>.</param>
    /// <param name="flags">SECCOMP_FILTER_FLAG_*.</param>
    public void LoadSeccomp(ReadOnlySpan<ulong> filter, uint flags)
    {
        Operand instructions = Bytes(MemoryMarshal.AsBytes(filter));
        Operand program = Bytes(MemoryMarshal.AsBytes<ulong>([(ulong)filter.Length, 0]));
        PointAt(program.Plus(8), instructions);
        Call(SystemCalls.Seccomp, Constants.SeccompSetModeFilter, flags, program);
    }
}
