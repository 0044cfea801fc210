using MiniDock.Engine.Run.Security;
using MiniDock.Linux;
using MiniDock.Linux.Bpf;
using MiniDock.Tests.Unit.Bpf;

namespace MiniDock.Tests.Unit.Security;

public sealed class DefaultSeccompProfileTests
{
    private static readonly ulong[] Default = DefaultSeccompProfile.For(CapabilitySets.Default).Compile().Instructions;

    [Theory]
    [InlineData("read")]
    [InlineData("execve")]
    [InlineData("openat2")]
    [InlineData("chroot")]
    [InlineData("ptrace")]
    public void What_programs_need_is_allowed(string name) => Assert.Equal(SeccompAction.Allow, Decide(Default, name));

    [Theory]
    [InlineData("io_uring_setup")]
    [InlineData("io_uring_enter")]
    [InlineData("bpf")]
    [InlineData("perf_event_open")]
    [InlineData("userfaultfd")]
    [InlineData("mount")]
    [InlineData("umount2")]
    [InlineData("fsopen")]
    [InlineData("move_mount")]
    [InlineData("open_tree")]
    [InlineData("open_tree_attr")]
    [InlineData("mount_setattr")]
    [InlineData("pivot_root")]
    [InlineData("setns")]
    [InlineData("unshare")]
    [InlineData("keyctl")]
    [InlineData("add_key")]
    [InlineData("request_key")]
    [InlineData("open_by_handle_at")]
    [InlineData("kexec_load")]
    [InlineData("kexec_file_load")]
    [InlineData("init_module")]
    [InlineData("finit_module")]
    [InlineData("delete_module")]
    [InlineData("reboot")]
    [InlineData("swapon")]
    [InlineData("swapoff")]
    [InlineData("settimeofday")]
    [InlineData("clock_settime")]
    [InlineData("acct")]
    [InlineData("iopl")]
    [InlineData("ioperm")]
    [InlineData("kcmp")]
    [InlineData("pidfd_getfd")]
    [InlineData("quotactl")]
    [InlineData("quotactl_fd")]
    [InlineData("syslog")]
    [InlineData("fanotify_init")]
    [InlineData("lookup_dcookie")]
    [InlineData("vhangup")]
    [InlineData("uselib")]
    public void What_concerns_the_host_is_refused_on_every_interface(string name)
    {
        foreach (var table in new[] { SyscallTable.X64, SyscallTable.X86, SyscallTable.X32 })
        {
            if (table.NumberOf(name) is { } number)
            {
                Assert.Equal(SeccompAction.Fail(Errno.EPERM).Value, ClassicBpfMachine.Run(Default, number, table.AuditArchitecture));
            }
        }
    }

    [Fact]
    public void Clone3_seems_to_be_missing() => Assert.Equal(SeccompAction.Fail(Errno.ENOSYS), Decide(Default, "clone3"));

    [Fact]
    public void Calls_of_a_newer_kernel_seem_to_be_missing() =>
        Assert.Equal(SeccompAction.Fail(Errno.ENOSYS).Value, ClassicBpfMachine.Run(Default, SyscallTable.X64.Last + 1, SyscallTable.X64.AuditArchitecture));

    [Theory]
    [InlineData(0x11UL, true)] // SIGCHLD
    [InlineData(0x3d0f00UL, true)] // a thread
    [InlineData(0x10000011UL, false)] // CLONE_NEWUSER
    [InlineData(0x00020000UL, false)] // CLONE_NEWNS
    [InlineData(0x02000000UL, false)] // CLONE_NEWCGROUP
    public void Clone_may_make_no_namespaces(ulong flags, bool allowed) => Assert.Equal(allowed, Decide(Default, "clone", flags) == SeccompAction.Allow);

    [Theory]
    [InlineData(1UL, true)] // AF_UNIX
    [InlineData(2UL, true)] // AF_INET
    [InlineData(16UL, true)] // AF_NETLINK
    [InlineData(17UL, true)] // AF_PACKET: needs a capability
    [InlineData(39UL, true)]
    [InlineData(41UL, true)]
    [InlineData(40UL, false)] // AF_VSOCK
    [InlineData(38UL, false)] // AF_ALG
    [InlineData(0x1_0000_0026UL, false)] // AF_ALG, as the kernel sees it
    [InlineData(0x1_0000_0028UL, false)] // AF_VSOCK, as the kernel sees it
    public void Sockets_reach_neither_the_hypervisor_nor_the_crypto_code(ulong family, bool allowed) =>
        Assert.Equal(allowed, Decide(Default, "socket", family) == SeccompAction.Allow);

    [Theory]
    [InlineData(0UL, true)]
    [InlineData(8UL, true)]
    [InlineData(0x20000UL, true)]
    [InlineData(0x20008UL, true)]
    [InlineData(0xffffffffUL, true)]
    [InlineData(0x40000UL, false)] // ADDR_NO_RANDOMIZE
    public void Only_harmless_personalities_can_be_set(ulong persona, bool allowed) =>
        Assert.Equal(allowed, Decide(Default, "personality", persona) == SeccompAction.Allow);

    [Theory]
    [InlineData(Capability.CAP_SYS_ADMIN, "mount")]
    [InlineData(Capability.CAP_SYS_ADMIN, "clone3")]
    [InlineData(Capability.CAP_SYS_ADMIN, "unshare")]
    [InlineData(Capability.CAP_SYS_TIME, "clock_settime")]
    [InlineData(Capability.CAP_SYS_BOOT, "reboot")]
    [InlineData(Capability.CAP_SYS_NICE, "mbind")]
    [InlineData(Capability.CAP_BPF, "bpf")]
    public void A_capability_opens_its_calls(Capability capability, string name)
    {
        var filter = DefaultSeccompProfile.For(CapabilitySets.Default | Capabilities.Bit(capability)).Compile().Instructions;
        Assert.NotEqual(SeccompAction.Allow, Decide(Default, name));
        Assert.Equal(SeccompAction.Allow, Decide(filter, name));
    }

    [Fact]
    public void The_filter_is_a_short_tree() => Assert.InRange(Default.Length, 100, 500);

    [Fact]
    public void Every_name_is_known_to_some_interface()
    {
        var known = new[] { SyscallTable.X64, SyscallTable.X86, SyscallTable.X32 }.SelectMany(t => t.All).Select(c => c.Name).ToHashSet();
        Assert.DoesNotContain(DefaultSeccompProfile.For(ulong.MaxValue).Entries.SelectMany(e => e.Names), n => !known.Contains(n));
    }

    private static SeccompAction Decide(ulong[] filter, string name, params ReadOnlySpan<ulong> arguments) =>
        new(ClassicBpfMachine.Run(filter, SyscallTable.X64.NumberOf(name)!.Value, SyscallTable.X64.AuditArchitecture, arguments));
}
