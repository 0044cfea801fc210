using System.Globalization;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>The memory that this process holds.</summary>
public static unsafe class ResidentMemory
{
    /// <summary>Gives back what a process that is going to wait for long does not need: garbage, the C library's free memory, and the pages of program
    /// text, which come back from the page cache where they are used again (<c>madvise(2)</c> with MADV_DONTNEED).</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Libc.malloc_trim(0);
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            // proc_pid_maps(5): "start-end perms offset dev inode path". Only what nobody can write is the same in the file.
            string[] fields = line.Split(' ', 3);
            if (fields[1] is "r-xp" && line.Contains('/') && fields[0].Split('-') is [var start, var end])
            {
                ulong first = ulong.Parse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                _ = Libc.madvise((void*)first, (nuint)(ulong.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - first), Constants.MadvDontNeed);
            }
        }
    }
}
