using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Native;

/// <summary>
/// Turns what libc returned into <see cref="Errno"/>. errno is read directly after the call: <c>SetLastError</c> throws under
/// Native AOT with runtime marshalling disabled, and the runtime keeps errno across its return from native code.
/// </summary>
internal static class CallResult
{
    public static Errno Last => (Errno)Marshal.GetLastSystemError();

    public static Errno Of(nint result) => result < 0 ? Last : Errno.Success;

    /// <summary>The one place that decides about EINTR: <c>do { … } while (CallResult.Interrupted(r))</c>.</summary>
    public static bool Interrupted(nint result) => result < 0 && Last == Errno.EINTR;

    /// <summary>Takes ownership of a new descriptor.</summary>
    public static Errno Handle(nint result, out SafeFileHandle handle)
    {
        if (result < 0)
        {
            Errno errno = Last;
            handle = new SafeFileHandle(-1, ownsHandle: false);
            return errno;
        }

        handle = new SafeFileHandle(result, ownsHandle: true);
        return Errno.Success;
    }
}
