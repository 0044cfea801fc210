using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary>glibc's <c>struct termios</c>, 60 bytes. Only glibc looks inside.</summary>
[StructLayout(LayoutKind.Sequential, Size = 60)]
internal struct Termios
{
    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
}

/// <summary><c>struct winsize</c>.</summary>
internal struct WinSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort PixelWidth;
    public ushort PixelHeight;
}
