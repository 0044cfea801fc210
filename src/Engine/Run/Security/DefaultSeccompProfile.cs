using MiniDock.Linux;
using MiniDock.Linux.Bpf;

namespace MiniDock.Engine.Run.Security;

/// <summary>
/// The filter of containers that ask for none: docker's policy. What is not named here is refused with EPERM: new namespaces
/// and mounts, io_uring, bpf, keys, modules, swap, clocks, raw I/O and what else concerns the whole host.
/// </summary>
internal static class DefaultSeccompProfile
{
    private const uint NewNamespaces = 0x7E02_0000;
    private const ulong AfAlg = 38;
    private const ulong AfVsock = 40;

    private const string Files = """
        access cachestat chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64
        fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr
        flistxattr flock fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futimesat getcwd
        getdents getdents64 getxattr getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch ioctl ioprio_get ioprio_set
        lchown lchown32 lgetxattr link linkat listmount listxattr listxattrat llistxattr _llseek lremovexattr lseek lsetxattr lstat
        lstat64 mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev
        pwritev2 read readahead readlink readlinkat readv removexattr removexattrat rename renameat renameat2 rmdir sendfile sendfile64
        setxattr setxattrat splice stat stat64 statfs statfs64 statmount statx symlink symlinkat sync sync_file_range syncfs tee truncate
        truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes vmsplice write writev
        """;

    private const string Memory = """
        brk madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap mseal
        msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages
        """;

    private const string Processes = """
        alarm capget capset execve execveat exit exit_group fork futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake getcpu
        getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpgid getpgrp getpid getppid getpriority getresgid
        getresgid32 getresuid getresuid32 getrlimit get_robust_list getrusage getsid get_thread_area gettid getuid getuid32 kill
        landlock_add_rule landlock_create_ruleset landlock_restrict_self pause pidfd_open pidfd_send_signal prctl prlimit64
        process_mrelease process_vm_readv process_vm_writev ptrace restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask
        rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_getaffinity
        sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min sched_getscheduler sched_rr_get_interval
        sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp setfsgid
        setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setpgid setpriority setregid setregid32 setresgid
        setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit set_robust_list setsid set_thread_area set_tid_address setuid
        setuid32 sigaltstack signalfd signalfd4 sigprocmask sigreturn tgkill tkill ugetrlimit uretprobe vfork wait4 waitid waitpid
        arch_prctl modify_ldt
        """;

    private const string Communication = """
        accept accept4 bind connect getpeername getsockname getsockopt ipc listen mq_getsetattr mq_notify mq_open mq_timedreceive
        mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd pipe pipe2 recvfrom recvmmsg
        recvmmsg_time64 recvmsg semctl semget semop semtimedop semtimedop_time64 sendmmsg sendmsg sendto setsockopt shmat shmctl
        shmdt shmget shutdown socketcall socketpair
        """;

    private const string Waiting = """
        epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 io_cancel
        io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit _newselect poll ppoll ppoll_time64 pselect6
        pselect6_time64 select
        """;

    private const string TimeAndSystem = """
        adjtimex clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep
        clock_nanosleep_time64 getitimer getrandom gettimeofday nanosleep setitimer sysinfo time timer_create timer_delete
        timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64
        timerfd_settime timerfd_settime64 times uname
        """;

    // What a capability is for is allowed to who has it.
    private static readonly (Capability Capability, string Names)[] ByCapability =
    [
        (Capability.CAP_DAC_READ_SEARCH, "open_by_handle_at"),
        (Capability.CAP_SYS_ADMIN, """
            bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr lsm_list_modules
            lsm_set_self_attr mount mount_setattr move_mount open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname
            setns syslog umount umount2 unshare
            """),
        (Capability.CAP_SYS_BOOT, "reboot"),
        (Capability.CAP_SYS_CHROOT, "chroot"),
        (Capability.CAP_SYS_MODULE, "delete_module init_module finit_module"),
        (Capability.CAP_SYS_PACCT, "acct"),
        (Capability.CAP_SYS_PTRACE, "kcmp pidfd_getfd process_madvise"),
        (Capability.CAP_SYS_RAWIO, "iopl ioperm"),
        (Capability.CAP_SYS_TIME, "settimeofday stime clock_settime clock_settime64"),
        (Capability.CAP_SYS_TTY_CONFIG, "vhangup"),
        (Capability.CAP_SYS_NICE, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"),
        (Capability.CAP_SYSLOG, "syslog"),
        (Capability.CAP_BPF, "bpf"),
        (Capability.CAP_PERFMON, "perf_event_open"),
    ];

    /// <summary>The capabilities that the profile depends on.</summary>
    public const ulong Relevant =
        1UL << (int)Capability.CAP_DAC_READ_SEARCH | 1UL << (int)Capability.CAP_SYS_ADMIN | 1UL << (int)Capability.CAP_SYS_BOOT
        | 1UL << (int)Capability.CAP_SYS_CHROOT | 1UL << (int)Capability.CAP_SYS_MODULE | 1UL << (int)Capability.CAP_SYS_PACCT
        | 1UL << (int)Capability.CAP_SYS_PTRACE | 1UL << (int)Capability.CAP_SYS_RAWIO | 1UL << (int)Capability.CAP_SYS_TIME
        | 1UL << (int)Capability.CAP_SYS_TTY_CONFIG | 1UL << (int)Capability.CAP_SYS_NICE | 1UL << (int)Capability.CAP_SYSLOG
        | 1UL << (int)Capability.CAP_BPF | 1UL << (int)Capability.CAP_PERFMON;

    /// <summary>The profile of a container with these capabilities.</summary>
    public static SeccompProfile For(ulong capabilities)
    {
        List<SeccompEntry> entries = [Allow(string.Join(' ', Files, Memory, Processes, Communication, Waiting, TimeAndSystem))];
        entries.AddRange(ByCapability.Where(row => (capabilities & Capabilities.Bit(row.Capability)) != 0).Select(row => Allow(row.Names)));
        if ((capabilities & Capabilities.Bit(Capability.CAP_SYS_ADMIN)) == 0)
        {
            entries.Add(Allow("clone", new SeccompCondition(0, SeccompComparison.MaskedEqual, 0, NewNamespaces)));

            // Its flags are in memory, where no filter can look: a library that finds it missing falls back to clone.
            entries.Add(new SeccompEntry(["clone3"], SeccompAction.Fail(Errno.ENOSYS), []));
        }

        // AF_VSOCK reaches the hypervisor whatever the network namespace, AF_ALG the kernel's crypto code. The kernel looks at 32 bits
        // only: the upper bound keeps a number with higher bits set from passing for another one.
        entries.Add(Allow("socket", new SeccompCondition(0, SeccompComparison.Less, AfAlg)));
        entries.Add(Allow("socket", new SeccompCondition(0, SeccompComparison.Equal, AfAlg + 1)));
        entries.Add(Allow("socket", new SeccompCondition(0, SeccompComparison.Greater, AfVsock), new SeccompCondition(0, SeccompComparison.LessOrEqual, uint.MaxValue)));

        // PER_LINUX, PER_LINUX32, both with UNAME26, and the question which one it is.
        foreach (var persona in new ulong[] { 0, 8, 0x20000, 0x20008, 0xFFFF_FFFF })
        {
            entries.Add(Allow("personality", new SeccompCondition(0, SeccompComparison.Equal, persona)));
        }

        return new SeccompProfile(SeccompAction.Fail(Errno.EPERM), [SyscallTable.X64, SyscallTable.X86, SyscallTable.X32], entries);
    }

    private static SeccompEntry Allow(string names, params SeccompCondition[] conditions) =>
        new(names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), SeccompAction.Allow, conditions);
}
