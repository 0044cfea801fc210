using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Starts to write a range back without waiting, <c>sync_file_range(2)</c> with SYNC_FILE_RANGE_WRITE, so that a later fsync has less
    /// to do. Only advice: an error is not reported, the fsync will.</summary>
    public static void StartWriteback(SafeFileHandle file, long offset, long lengthBytes)
    {
        using var fd = new FdLease(file);
        _ = Libc.sync_file_range(fd.Number, offset, lengthBytes, Constants.SyncFileRangeWrite);
    }
}
