namespace MiniDock.Linux.Native;

/// <summary><c>struct iovec</c>.</summary>
internal unsafe struct IoVec
{
    public void* Base;
    public nuint Length;
}

/// <summary><c>struct msghdr</c>.</summary>
internal unsafe struct MsgHdr
{
    public void* Name;
    public uint NameLength;
    public IoVec* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary><c>struct cmsghdr</c>; the data follow, aligned to 8.</summary>
internal struct CmsgHdr
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary><c>struct ucred</c>.</summary>
internal struct UCred
{
    public int Pid;
    public uint Uid;
    public uint Gid;
}
