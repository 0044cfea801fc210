using MiniDock.Linux;
using MiniDock.Linux.Native;

namespace MiniDock.Tests.Abi;

/// <summary>What our names are called in C. A new constant that is not told here fails the tests.</summary>
internal static partial class Tables
{
    public static IReadOnlyList<ConstantTable> Constants { get; } =
    [
        new(typeof(Constants), KernelConstants),
        new(typeof(SystemCalls), SystemCallNames),
        new(typeof(Errno), "", "Success"),
        new(typeof(Signal), "", "None"),
        new(typeof(Capability), ""),
        .. PublicEnums,
    ];

    public static IReadOnlyList<StructureTable> Structures { get; } =
    [
        new StructureTable<StatxTimestamp>("struct statx_timestamp", "Seconds=tv_sec Nanoseconds=tv_nsec Reserved=__reserved"),
        new StructureTable<StatxBuffer>(
            "struct statx",
            "Mask=stx_mask BlockSize=stx_blksize Attributes=stx_attributes LinkCount=stx_nlink Uid=stx_uid Gid=stx_gid Mode=stx_mode "
            + "Spare=__spare0[0] Inode=stx_ino Size=stx_size Blocks=stx_blocks AttributesMask=stx_attributes_mask AccessTime=stx_atime "
            + "BirthTime=stx_btime ChangeTime=stx_ctime ModifyTime=stx_mtime RdevMajor=stx_rdev_major RdevMinor=stx_rdev_minor "
            + "DevMajor=stx_dev_major DevMinor=stx_dev_minor MountId=stx_mnt_id"),
        new StructureTable<StatFsBuffer>(
            "struct statfs",
            "Type=f_type BlockSize=f_bsize Blocks=f_blocks BlocksFree=f_bfree BlocksAvailable=f_bavail Files=f_files FilesFree=f_ffree "
            + "Id=f_fsid NameLength=f_namelen FragmentSize=f_frsize Flags=f_flags"),
        new StructureTable<Timespec>("struct timespec", "Seconds=tv_sec Nanoseconds=tv_nsec"),
        new StructureTable<ItimerSpec>("struct itimerspec", "Interval=it_interval Value=it_value"),
        new StructureTable<OpenHow>("struct open_how", "Flags=flags Mode=mode Resolve=resolve"),
        new StructureTable<MountAttr>("struct mount_attr", "Set=attr_set Clear=attr_clr Propagation=propagation UserNamespaceFd=userns_fd"),
        new StructureTable<RLimit>("struct rlimit", "Soft=rlim_cur Hard=rlim_max"),
        new StructureTable<SigInfo>("siginfo_t", "Signal=si_signo Code=si_code Pid=si_pid Uid=si_uid Status=si_status"),
        new StructureTable<PollFd>("struct pollfd", "Fd=fd Events=events ReturnedEvents=revents"),
        new StructureTable<EpollEvent>("struct epoll_event", "Events=events Data=data"),
        new StructureTable<IoVec>("struct iovec", "Base=iov_base Length=iov_len"),
        new StructureTable<MsgHdr>(
            "struct msghdr",
            "Name=msg_name NameLength=msg_namelen Vectors=msg_iov VectorCount=msg_iovlen Control=msg_control ControlLength=msg_controllen Flags=msg_flags"),
        new StructureTable<CmsgHdr>("struct cmsghdr", "Length=cmsg_len Level=cmsg_level Type=cmsg_type"),
        new StructureTable<UCred>("struct ucred", "Pid=pid Uid=uid Gid=gid"),
        new StructureTable<SockAddrUn>("struct sockaddr_un", "Family=sun_family Path=sun_path"),
        new StructureTable<SockAddrNl>("struct sockaddr_nl", "Family=nl_family Padding=nl_pad PortId=nl_pid Groups=nl_groups"),
        new StructureTable<Termios>("struct termios", "InputFlags=c_iflag OutputFlags=c_oflag ControlFlags=c_cflag LocalFlags=c_lflag"),
        new StructureTable<WinSize>("struct winsize", "Rows=ws_row Columns=ws_col PixelWidth=ws_xpixel PixelHeight=ws_ypixel"),
        new StructureTable<LoopInfo>(
            "struct loop_info64",
            "Device=lo_device Inode=lo_inode RawDevice=lo_rdevice Offset=lo_offset SizeLimit=lo_sizelimit Number=lo_number "
            + "EncryptType=lo_encrypt_type EncryptKeySize=lo_encrypt_key_size Flags=lo_flags FileName=lo_file_name CryptName=lo_crypt_name "
            + "EncryptKey=lo_encrypt_key Init=lo_init"),
        new StructureTable<LoopConfig>("struct loop_config", "Fd=fd BlockSize=block_size Info=info Reserved=__reserved"),
        new StructureTable<NlMsgHdr>("struct nlmsghdr", "Length=nlmsg_len Type=nlmsg_type Flags=nlmsg_flags Sequence=nlmsg_seq PortId=nlmsg_pid"),
        new StructureTable<NlAttr>("struct nlattr", "Length=nla_len Type=nla_type"),
        new StructureTable<IfInfoMsg>(
            "struct ifinfomsg", "Family=ifi_family Padding=__ifi_pad Type=ifi_type Index=ifi_index Flags=ifi_flags Change=ifi_change"),
        new StructureTable<IfAddrMsg>(
            "struct ifaddrmsg", "Family=ifa_family PrefixLength=ifa_prefixlen Flags=ifa_flags Scope=ifa_scope Index=ifa_index"),
        new StructureTable<RtMsg>(
            "struct rtmsg",
            "Family=rtm_family DestinationLength=rtm_dst_len SourceLength=rtm_src_len TypeOfService=rtm_tos Table=rtm_table "
            + "Protocol=rtm_protocol Scope=rtm_scope Type=rtm_type Flags=rtm_flags"),
        new StructureTable<NdMsg>(
            "struct ndmsg",
            "Family=ndm_family Padding1=ndm_pad1 Padding2=ndm_pad2 Index=ndm_ifindex State=ndm_state Flags=ndm_flags Type=ndm_type"),
        new StructureTable<NfGenMsg>("struct nfgenmsg", "Family=nfgen_family Version=version ResourceId=res_id"),
        new StructureTable<MiniDock.Linux.Child.CloneArguments>(
            "struct clone_args",
            "Flags=flags PidFd=pidfd ChildTid=child_tid ParentTid=parent_tid ExitSignal=exit_signal Stack=stack StackSize=stack_size Tls=tls "
            + "SetTid=set_tid SetTidSize=set_tid_size Cgroup=cgroup"),
    ];
}
