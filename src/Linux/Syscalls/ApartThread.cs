using System.Runtime.ExceptionServices;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>A thread for what the kernel keeps by thread and cannot be taken back: its namespaces, the owner of what it makes. Both end with it.</summary>
public static class ApartThread
{
    /// <summary>Runs something on a thread of its own and waits for it; what it throws is thrown here.</summary>
    public static T Run<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>From here on what the calling thread makes belongs to a user, <c>setfsuid(2)</c>, <c>setfsgid(2)</c>; what it may do stays what it was.</summary>
    /// <remarks>In a file system that shows other ids (an idmapped mount, Linux 5.12) only such a user can make files.</remarks>
    public static unsafe void MakeFilesAs(uint user, uint group)
    {
        // Both calls give the old id and never fail; the latter takes the rights over files from the effective set.
        _ = Libc.syscall(SystemCalls.Setfsgid, (nint)group);
        _ = Libc.syscall(SystemCalls.Setfsuid, (nint)user);
        ulong set = Capabilities.BoundingSet();
        uint* header = stackalloc uint[2] { Constants.CapabilityVersion3, 0 };
        uint* data = stackalloc uint[6] { (uint)set, (uint)set, 0, (uint)(set >> 32), (uint)(set >> 32), 0 };

        // SAFETY: header and two sets of three words each, as version 3 has them.
        Errno errno = CallResult.Of(Libc.syscall(SystemCalls.Capset, (nint)header, (nint)data));
        if (errno != Errno.Success)
        {
            throw new LinuxException("set capabilities of", "this thread", errno);
        }
    }
}
