using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Loop devices, <c>loop(4)</c>. Needs CAP_SYS_ADMIN.</summary>
public static unsafe class Loop
{
    private const string What = "attach loop device";

    /// <summary>Attaches a file to a free loop device, LOOP_CONFIGURE, Linux 5.8.</summary>
    /// <param name="backing">The file, open for reading, and for writing unless the device is read-only. The device keeps it open.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="LinuxException">ENOENT: no loop driver. EBUSY: others took each free device before us.</exception>
    public static LoopDevice Attach(SafeFileHandle backing, LoopOptions options)
    {
        const int MaximumAttempts = 64;
        using SafeFileHandle control = Open("/dev/loop-control", readOnly: false);
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            // Between asking for a free device and taking it, anyone may take it: then ask again.
            int number = FindFree(control);
            SafeFileHandle device = Open(LoopDevice.PathOf(number), options.ReadOnly);
            Errno errno = Configure(device, backing, options, options.DirectIo);
            if (errno == Errno.EINVAL && options.DirectIo)
            {
                errno = Configure(device, backing, options, directIo: false);
            }

            if (errno == Errno.Success)
            {
                return new LoopDevice(number, device);
            }

            device.Dispose();
            if (errno != Errno.EBUSY)
            {
                throw new LinuxException(What, LoopDevice.PathOf(number), errno, Files.Describe(backing, ""));
            }
        }

        throw new LinuxException(What, Files.Describe(backing, ""), Errno.EBUSY);
    }

    /// <summary>Detaches a device, LOOP_CLR_FD; where it is in use, when its last user goes. A device that is free is no error.</summary>
    public static void Detach(string path)
    {
        using SafeFileHandle device = Files.Open(path, OpenFlags.ReadOnly);
        using var fd = new FdLease(device);
        Errno errno = CallResult.Of(Libc.ioctl(fd.Number, Constants.LoopClearFd, 0));
        if (errno is not (Errno.Success or Errno.ENXIO))
        {
            throw new LinuxException("detach loop device", path, errno);
        }
    }

    /// <summary>The devices that have this very file (by device and inode) behind them.</summary>
    public static IReadOnlyList<string> FindByBackingFile(SafeFileHandle backing)
    {
        FileStat wanted = Files.Stat(backing);
        var found = new List<string>();
        foreach (string directory in Directory.EnumerateDirectories("/sys/block", "loop*"))
        {
            if (!Directory.Exists(directory + "/loop")
                || !int.TryParse(Path.GetFileName(directory.AsSpan())[4..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || Files.TryOpenAt(null, LoopDevice.PathOf(number), OpenFlags.ReadOnly, 0, out SafeFileHandle device) != Errno.Success)
            {
                continue;
            }

            using (device)
            {
                if (TryGetInfo(device, out LoopInfo info) && info.Inode == wanted.Inode && info.Device == wanted.Device.Encoded)
                {
                    found.Add(LoopDevice.PathOf(number));
                }
            }
        }

        return found;
    }

    private static int FindFree(SafeFileHandle control)
    {
        using var fd = new FdLease(control);
        int number = Libc.ioctl(fd.Number, Constants.LoopControlGetFree, 0);
        Errno errno = CallResult.Of(number);
        return errno == Errno.Success ? number : throw new LinuxException(What, "", errno, "no free device");
    }

    private static SafeFileHandle Open(string path, bool readOnly)
    {
        Errno errno = Files.TryOpenAt(null, path, readOnly ? OpenFlags.ReadOnly : OpenFlags.ReadWrite, 0, out SafeFileHandle handle);
        return errno == Errno.Success ? handle : throw new LinuxException(What, path, errno);
    }

    private static Errno Configure(SafeFileHandle device, SafeFileHandle backing, LoopOptions options, bool directIo)
    {
        using var fd = new FdLease(device);
        using var file = new FdLease(backing);
        LoopConfig config = default;
        config.Fd = (uint)file.Number;
        config.BlockSize = options.BlockSizeBytes;
        config.Info.Flags = (options.ReadOnly ? Constants.LoopReadOnly : 0)
            | (options.AutoClear ? Constants.LoopAutoClear : 0)
            | (directIo ? Constants.LoopDirectIo : 0);

        // SAFETY: the structure is complete and lives for the call.
        return CallResult.Of(Libc.ioctl(fd.Number, Constants.LoopConfigure, (nint)(&config)));
    }

    private static bool TryGetInfo(SafeFileHandle device, out LoopInfo info)
    {
        using var fd = new FdLease(device);
        LoopInfo value = default;

        // SAFETY: the kernel writes one loop_info64.
        int r = Libc.ioctl(fd.Number, Constants.LoopGetStatus, (nint)(&value));
        info = value;
        return r == 0;
    }
}
