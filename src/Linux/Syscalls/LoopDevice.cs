using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux;

/// <summary>An attached loop device. Where it is cleared automatically, it lives as long as this descriptor or a mount of it.</summary>
public sealed class LoopDevice : IDisposable
{
    internal LoopDevice(int number, SafeFileHandle handle)
    {
        Number = number;
        Handle = handle;
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>Its node: <c>/dev/loop3</c>.</summary>
    public string Path => PathOf(Number);

    /// <summary>The open device.</summary>
    public SafeFileHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    internal static string PathOf(int number) => "/dev/loop" + number.ToString(CultureInfo.InvariantCulture);
}
