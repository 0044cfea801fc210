namespace MiniDock.Linux.Native;

/// <summary><c>struct loop_info64</c>.</summary>
internal unsafe struct LoopInfo
{
    public ulong Device;
    public ulong Inode;
    public ulong RawDevice;
    public ulong Offset;
    public ulong SizeLimit;
    public uint Number;
    public uint EncryptType;
    public uint EncryptKeySize;
    public uint Flags;
    public fixed byte FileName[64];
    public fixed byte CryptName[64];
    public fixed byte EncryptKey[32];
    public fixed ulong Init[2];
}

/// <summary><c>struct loop_config</c>.</summary>
internal unsafe struct LoopConfig
{
    public uint Fd;
    public uint BlockSize;
    public LoopInfo Info;
    public fixed ulong Reserved[8];
}
