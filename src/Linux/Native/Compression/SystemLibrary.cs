using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native.Compression;

/// <summary>A shared library of the system, loaded when first needed: most imports need none of them.</summary>
internal sealed class SystemLibrary(string fileName, string package)
{
    public static readonly SystemLibrary Lzma = new("liblzma.so.5", "liblzma5");
    public static readonly SystemLibrary Zstd = new("libzstd.so.1", "libzstd1");
    public static readonly SystemLibrary Bzip2 = new("libbz2.so.1.0", "libbz2-1.0");

    private nint _handle;

    /// <summary>Address of a function.</summary>
    /// <exception cref="MissingLibraryException">The system lacks the library, or it is too old.</exception>
    public nint Function(string name)
    {
        try
        {
            if (_handle == 0)
            {
                _handle = NativeLibrary.Load(fileName);
            }

            return NativeLibrary.GetExport(_handle, name);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new MissingLibraryException(fileName, package, e);
        }
    }
}
