namespace MiniDock.Tests.Abi;

internal static partial class Tables
{
    private const string SystemCallNames =
        """
        PivotRoot __NR_pivot_root
        GetDents64 __NR_getdents64
        WaitId __NR_waitid
        RenameAt2 __NR_renameat2
        MemfdCreate __NR_memfd_create
        Bpf __NR_bpf
        CopyFileRange __NR_copy_file_range
        PidfdSendSignal __NR_pidfd_send_signal
        OpenTree __NR_open_tree
        MoveMount __NR_move_mount
        FsOpen __NR_fsopen
        FsConfig __NR_fsconfig
        FsMount __NR_fsmount
        FsPick __NR_fspick
        PidfdOpen __NR_pidfd_open
        Clone3 __NR_clone3
        CloseRange __NR_close_range
        OpenAt2 __NR_openat2
        PidfdGetFd __NR_pidfd_getfd
        MountSetAttr __NR_mount_setattr
        FchmodAt2 __NR_fchmodat2
        """;

    private const string ChildSystemCallNames =
        """
        Read __NR_read
        Write __NR_write
        Close __NR_close
        RtSigaction __NR_rt_sigaction
        RtSigprocmask __NR_rt_sigprocmask
        Ioctl __NR_ioctl
        Dup2 __NR_dup2
        Sendmsg __NR_sendmsg
        Clone __NR_clone
        Execve __NR_execve
        Wait4 __NR_wait4
        Kill __NR_kill
        Chdir __NR_chdir
        Fchdir __NR_fchdir
        Fchmod __NR_fchmod
        Fchown __NR_fchown
        Umask __NR_umask
        Setsid __NR_setsid
        Setgroups __NR_setgroups
        Setresuid __NR_setresuid
        Setresgid __NR_setresgid
        Capset __NR_capset
        RtSigtimedwait __NR_rt_sigtimedwait
        Statfs __NR_statfs
        Fstatfs __NR_fstatfs
        PivotRoot __NR_pivot_root
        Prctl __NR_prctl
        Chroot __NR_chroot
        Mount __NR_mount
        Umount2 __NR_umount2
        Sethostname __NR_sethostname
        Setdomainname __NR_setdomainname
        ExitGroup __NR_exit_group
        Keyctl __NR_keyctl
        Openat __NR_openat
        Mkdirat __NR_mkdirat
        Mknodat __NR_mknodat
        Fchownat __NR_fchownat
        Symlinkat __NR_symlinkat
        Unshare __NR_unshare
        Dup3 __NR_dup3
        Prlimit64 __NR_prlimit64
        Setns __NR_setns
        Seccomp __NR_seccomp
        Execveat __NR_execveat
        Statx __NR_statx
        OpenTree __NR_open_tree
        MoveMount __NR_move_mount
        Fsopen __NR_fsopen
        Fsconfig __NR_fsconfig
        Fsmount __NR_fsmount
        Clone3 __NR_clone3
        CloseRange __NR_close_range
        Openat2 __NR_openat2
        MountSetattr __NR_mount_setattr
        """;
}
