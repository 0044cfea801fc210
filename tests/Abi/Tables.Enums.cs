using MiniDock.Linux;
using MiniDock.Linux.Bpf;
using MiniDock.Linux.Native;
using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;

namespace MiniDock.Tests.Abi;

internal static partial class Tables
{
    private static ConstantTable[] PublicEnums =>
    [
        new(
            typeof(OpenFlags),
            """
            ReadOnly O_RDONLY
            WriteOnly O_WRONLY
            ReadWrite O_RDWR
            Create O_CREAT
            Exclusive O_EXCL
            NoControllingTerminal O_NOCTTY
            Truncate O_TRUNC
            Append O_APPEND
            NonBlocking O_NONBLOCK
            Direct O_DIRECT
            Directory O_DIRECTORY
            NoFollow O_NOFOLLOW
            NoAccessTime O_NOATIME
            CloseOnExec O_CLOEXEC
            Path O_PATH
            TemporaryFile O_TMPFILE
            """),
        new(
            typeof(ResolveFlags),
            """
            NoXDev RESOLVE_NO_XDEV
            NoMagicLinks RESOLVE_NO_MAGICLINKS
            NoSymlinks RESOLVE_NO_SYMLINKS
            Beneath RESOLVE_BENEATH
            InRoot RESOLVE_IN_ROOT
            """,
            "None"),
        new(
            typeof(FileKind),
            """
            Fifo S_IFIFO
            CharacterDevice S_IFCHR
            Directory S_IFDIR
            BlockDevice S_IFBLK
            Regular S_IFREG
            SymbolicLink S_IFLNK
            Socket S_IFSOCK
            """,
            "Unknown"),
        new(
            typeof(FileSystemStat),
            """
            TmpFs TMPFS_MAGIC
            Overlay OVERLAYFS_SUPER_MAGIC
            Ext4 EXT4_SUPER_MAGIC
            Xfs XFS_SUPER_MAGIC
            Btrfs BTRFS_SUPER_MAGIC
            Erofs EROFS_SUPER_MAGIC_V1
            CgroupV1 CGROUP_SUPER_MAGIC
            CgroupV2 CGROUP2_SUPER_MAGIC
            Proc PROC_SUPER_MAGIC
            SysFs SYSFS_MAGIC
            DevPts DEVPTS_SUPER_MAGIC
            NamespaceFs NSFS_MAGIC
            """),
        new(typeof(RenameFlags), "NoReplace RENAME_NOREPLACE\nExchange RENAME_EXCHANGE", "None"),
        new(
            typeof(MountFlags),
            """
            ReadOnly MS_RDONLY
            NoSuid MS_NOSUID
            NoDev MS_NODEV
            NoExec MS_NOEXEC
            Synchronous MS_SYNCHRONOUS
            Remount MS_REMOUNT
            DirSync MS_DIRSYNC
            NoSymFollow MS_NOSYMFOLLOW
            NoAtime MS_NOATIME
            NoDirAtime MS_NODIRATIME
            Bind MS_BIND
            Move MS_MOVE
            Recursive MS_REC
            Silent MS_SILENT
            Unbindable MS_UNBINDABLE
            Private MS_PRIVATE
            Slave MS_SLAVE
            Shared MS_SHARED
            RelAtime MS_RELATIME
            StrictAtime MS_STRICTATIME
            LazyTime MS_LAZYTIME
            """,
            "None"),
        new(typeof(UmountFlags), "Force MNT_FORCE\nDetach MNT_DETACH\nExpire MNT_EXPIRE\nNoFollow UMOUNT_NOFOLLOW", "None"),
        new(
            typeof(MountAttributes),
            """
            ReadOnly MOUNT_ATTR_RDONLY
            NoSuid MOUNT_ATTR_NOSUID
            NoDev MOUNT_ATTR_NODEV
            NoExec MOUNT_ATTR_NOEXEC
            NoAtime MOUNT_ATTR_NOATIME
            StrictAtime MOUNT_ATTR_STRICTATIME
            AtimeMask MOUNT_ATTR__ATIME
            NoDirAtime MOUNT_ATTR_NODIRATIME
            IdMap MOUNT_ATTR_IDMAP
            NoSymFollow MOUNT_ATTR_NOSYMFOLLOW
            """,
            "None"),
        new(typeof(Propagation), "Unbindable MS_UNBINDABLE\nPrivate MS_PRIVATE\nSlave MS_SLAVE\nShared MS_SHARED", "Unchanged"),
        new(
            typeof(NamespaceTypes),
            """
            Time CLONE_NEWTIME
            Mount CLONE_NEWNS
            Cgroup CLONE_NEWCGROUP
            Uts CLONE_NEWUTS
            Ipc CLONE_NEWIPC
            User CLONE_NEWUSER
            Pid CLONE_NEWPID
            Network CLONE_NEWNET
            """,
            "None"),
        new(
            typeof(Resource),
            """
            CpuSeconds RLIMIT_CPU
            FileSizeBytes RLIMIT_FSIZE
            DataBytes RLIMIT_DATA
            StackBytes RLIMIT_STACK
            CoreBytes RLIMIT_CORE
            ResidentBytes RLIMIT_RSS
            Processes RLIMIT_NPROC
            OpenFiles RLIMIT_NOFILE
            LockedMemoryBytes RLIMIT_MEMLOCK
            AddressSpaceBytes RLIMIT_AS
            Locks RLIMIT_LOCKS
            PendingSignals RLIMIT_SIGPENDING
            MessageQueueBytes RLIMIT_MSGQUEUE
            Nice RLIMIT_NICE
            RealTimePriority RLIMIT_RTPRIO
            RealTimeMicroseconds RLIMIT_RTTIME
            """),
        new(
            typeof(PollEvents),
            """
            Read POLLIN
            Priority POLLPRI
            Write POLLOUT
            Error POLLERR
            HangUp POLLHUP
            Invalid POLLNVAL
            ReadHangUp EPOLLRDHUP
            EdgeTriggered (unsigned)EPOLLET
            """,
            "None"),
        new(
            typeof(MacvlanMode),
            "Private MACVLAN_MODE_PRIVATE\nVepa MACVLAN_MODE_VEPA\nBridge MACVLAN_MODE_BRIDGE\nPassThrough MACVLAN_MODE_PASSTHRU"),
        new(typeof(IpvlanMode), "L2 IPVLAN_MODE_L2\nL3 IPVLAN_MODE_L3\nL3S IPVLAN_MODE_L3S"),
        new(typeof(NetlinkProtocol), "Route NETLINK_ROUTE\nNetfilter NETLINK_NETFILTER"),
        new(typeof(NftFamily), "Any NFPROTO_UNSPEC\nInet NFPROTO_INET\nIp NFPROTO_IPV4\nBridge NFPROTO_BRIDGE\nIp6 NFPROTO_IPV6"),
        new(
            typeof(NftHook),
            """
            PreRouting NF_INET_PRE_ROUTING
            Input NF_INET_LOCAL_IN
            Forward NF_INET_FORWARD
            Output NF_INET_LOCAL_OUT
            PostRouting NF_INET_POST_ROUTING
            """),
        new(
            typeof(NftVerdict),
            """
            Drop NF_DROP
            Accept NF_ACCEPT
            Continue NFT_CONTINUE
            Jump NFT_JUMP
            GoTo NFT_GOTO
            Return NFT_RETURN
            """),
        new(
            typeof(NftMeta),
            """
            Mark NFT_META_MARK
            InputIndex NFT_META_IIF
            OutputIndex NFT_META_OIF
            InputName NFT_META_IIFNAME
            OutputName NFT_META_OIFNAME
            NetworkFamily NFT_META_NFPROTO
            TransportProtocol NFT_META_L4PROTO
            """),
        new(
            typeof(NftPayload),
            """
            LinkHeader NFT_PAYLOAD_LL_HEADER
            NetworkHeader NFT_PAYLOAD_NETWORK_HEADER
            TransportHeader NFT_PAYLOAD_TRANSPORT_HEADER
            """),
        new(typeof(NftConntrack), "State NFT_CT_STATE\nDirection NFT_CT_DIRECTION\nStatus NFT_CT_STATUS\nMark NFT_CT_MARK"),
        new(
            typeof(NftCompare),
            """
            Equal NFT_CMP_EQ
            NotEqual NFT_CMP_NEQ
            Less NFT_CMP_LT
            LessOrEqual NFT_CMP_LTE
            Greater NFT_CMP_GT
            GreaterOrEqual NFT_CMP_GTE
            """),
        new(
            typeof(StatxBuffer),
            """
            ModeOffset offsetof(struct statx, stx_mode)
            RdevMajorOffset offsetof(struct statx, stx_rdev_major)
            RdevMinorOffset offsetof(struct statx, stx_rdev_minor)
            MountIdOffset offsetof(struct statx, stx_mnt_id)
            """),
        new(
            typeof(BpfInstruction),
            """
            LoadWordOpcode BPF_LDX|BPF_MEM|BPF_W
            Move32Opcode BPF_ALU|BPF_MOV|BPF_X
            Set32Opcode BPF_ALU|BPF_MOV|BPF_K
            And32Opcode BPF_ALU|BPF_AND|BPF_K
            ShiftRight32Opcode BPF_ALU|BPF_RSH|BPF_K
            JumpNotEqual32Opcode BPF_JMP32|BPF_JNE|BPF_K
            ExitOpcode BPF_JMP|BPF_EXIT
            """),
        new(
            typeof(CgroupDeviceProgram),
            """
            CommandLoad BPF_PROG_LOAD
            CommandAttach BPF_PROG_ATTACH
            ProgramTypeCgroupDevice BPF_PROG_TYPE_CGROUP_DEVICE
            AttachTypeCgroupDevice BPF_CGROUP_DEVICE
            AttachAllowMultiple BPF_F_ALLOW_MULTI
            AttachReplace BPF_F_REPLACE
            CommandGetById BPF_PROG_GET_FD_BY_ID
            CommandQuery BPF_PROG_QUERY
            """,
            "MostPrograms"),
        new(typeof(DeviceAccess), "Make BPF_DEVCG_ACC_MKNOD\nRead BPF_DEVCG_ACC_READ\nWrite BPF_DEVCG_ACC_WRITE", "None", "All"),
        new(typeof(NftNat), "Source NFT_NAT_SNAT\nDestination NFT_NAT_DNAT"),
    ];
}
