namespace MiniDock.Tests.Abi;

internal static partial class Tables
{
    private const string SystemCallNames =
        """
        Read __NR_read
        Write __NR_write
        Close __NR_close
        RtSigaction __NR_rt_sigaction
        RtSigprocmask __NR_rt_sigprocmask
        Ioctl __NR_ioctl
        Dup2 __NR_dup2
        Getpid __NR_getpid
        Recvfrom __NR_recvfrom
        Sendmsg __NR_sendmsg
        Clone __NR_clone
        Execve __NR_execve
        Wait4 __NR_wait4
        Kill __NR_kill
        Chdir __NR_chdir
        Fchdir __NR_fchdir
        Fchown __NR_fchown
        Umask __NR_umask
        Setpgid __NR_setpgid
        Setsid __NR_setsid
        Setgroups __NR_setgroups
        Setresuid __NR_setresuid
        Setresgid __NR_setresgid
        Setfsuid __NR_setfsuid
        Setfsgid __NR_setfsgid
        Capset __NR_capset
        RtSigtimedwait __NR_rt_sigtimedwait
        Fstatfs __NR_fstatfs
        PivotRoot __NR_pivot_root
        Prctl __NR_prctl
        Mount __NR_mount
        Umount2 __NR_umount2
        Sethostname __NR_sethostname
        Setdomainname __NR_setdomainname
        Getdents64 __NR_getdents64
        ExitGroup __NR_exit_group
        Waitid __NR_waitid
        Keyctl __NR_keyctl
        Openat __NR_openat
        Mkdirat __NR_mkdirat
        Mknodat __NR_mknodat
        Fchownat __NR_fchownat
        Unlinkat __NR_unlinkat
        Symlinkat __NR_symlinkat
        Unshare __NR_unshare
        Prlimit64 __NR_prlimit64
        Setns __NR_setns
        Renameat2 __NR_renameat2
        Seccomp __NR_seccomp
        MemfdCreate __NR_memfd_create
        Bpf __NR_bpf
        Execveat __NR_execveat
        CopyFileRange __NR_copy_file_range
        Statx __NR_statx
        PidfdSendSignal __NR_pidfd_send_signal
        OpenTree __NR_open_tree
        MoveMount __NR_move_mount
        Fsopen __NR_fsopen
        Fsconfig __NR_fsconfig
        Fsmount __NR_fsmount
        PidfdOpen __NR_pidfd_open
        Clone3 __NR_clone3
        CloseRange __NR_close_range
        Openat2 __NR_openat2
        PidfdGetfd __NR_pidfd_getfd
        MountSetattr __NR_mount_setattr
        Fchmodat2 __NR_fchmodat2
        """;
}
