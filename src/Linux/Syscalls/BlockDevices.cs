using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Block devices, ioctl(2) of <c>linux/fs.h</c>.</summary>
public static unsafe class BlockDevices
{
    /// <summary>Lets a device forget what it holds, BLKDISCARD.</summary>
    /// <param name="device">Open for writing.</param>
    /// <param name="lengthBytes">How much of it, from its beginning.</param>
    /// <returns>EOPNOTSUPP: it cannot.</returns>
    public static Errno TryDiscard(SafeFileHandle device, long lengthBytes)
    {
        using var fd = new FdLease(device);
        ulong* range = stackalloc ulong[] { 0, (ulong)lengthBytes };

        // SAFETY: the kernel reads two numbers.
        return CallResult.Of(Libc.ioctl(fd.Number, Constants.BlockDiscard, (nint)range));
    }
}
