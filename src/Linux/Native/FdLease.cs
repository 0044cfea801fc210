using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary>Keeps a descriptor open for the time of a call, whatever other threads do to its handle.</summary>
internal readonly ref struct FdLease : IDisposable
{
    /// <summary>The working directory, for calls that take a directory descriptor.</summary>
    public const int CurrentDirectory = -100;

    private readonly SafeHandle? _handle;

    public FdLease(SafeHandle? handle, int whenNull = CurrentDirectory)
    {
        if (handle is null)
        {
            Number = whenNull;
            return;
        }

        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
        Number = (int)handle.DangerousGetHandle();
    }

    public int Number { get; }

    public void Dispose() => _handle?.DangerousRelease();
}
