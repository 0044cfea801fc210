using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Files
{
    /// <summary>Sets an extended attribute, <c>fsetxattr(2)</c>. EBADF on an O_PATH descriptor: use the path overload there.</summary>
    public static void SetXattr(SafeFileHandle file, PathName name, ReadOnlySpan<byte> value) =>
        Check(TrySetXattr(file, name, value), "set attribute of", file, "", name.ToString());

    /// <inheritdoc cref="SetXattr(SafeFileHandle, PathName, ReadOnlySpan{byte})"/>
    public static Errno TrySetXattr(SafeFileHandle file, PathName name, ReadOnlySpan<byte> value)
    {
        using var fd = new FdLease(file);
        using var attribute = new CString(name, stackalloc byte[CString.StackSize]);

        // SAFETY: the value is pinned and its length given.
        fixed (byte* n = attribute)
        fixed (byte* v = value)
        {
            return CallResult.Of(Libc.fsetxattr(fd.Number, n, v, (nuint)value.Length, 0));
        }
    }

    /// <summary>Sets an extended attribute of a path and does not follow a link at its end, <c>lsetxattr(2)</c>.</summary>
    public static Errno TrySetXattr(PathName path, PathName name, ReadOnlySpan<byte> value)
    {
        using var file = new CString(path, stackalloc byte[CString.StackSize]);
        using var attribute = new CString(name, stackalloc byte[CString.StackSize]);

        // SAFETY: the value is pinned and its length given.
        fixed (byte* p = file)
        fixed (byte* n = attribute)
        fixed (byte* v = value)
        {
            return CallResult.Of(Libc.lsetxattr(p, n, v, (nuint)value.Length, 0));
        }
    }

    /// <summary>The value of an extended attribute, <c>fgetxattr(2)</c>; ENODATA where it is not set.</summary>
    public static Errno TryGetXattr(SafeFileHandle file, PathName name, out byte[] value)
    {
        using var fd = new FdLease(file);
        using var attribute = new CString(name, stackalloc byte[CString.StackSize]);

        // SAFETY: the buffer is pinned and its size given; the value may grow between the two calls, hence the loop.
        fixed (byte* n = attribute)
        {
            while (true)
            {
                nint size = Libc.fgetxattr(fd.Number, n, null, 0);
                if (size <= 0)
                {
                    value = [];
                    return CallResult.Of(size);
                }

                value = new byte[size];
                fixed (byte* v = value)
                {
                    nint r = Libc.fgetxattr(fd.Number, n, v, (nuint)size);
                    Errno errno = CallResult.Of(r);
                    if (errno != Errno.ERANGE)
                    {
                        Array.Resize(ref value, (int)Math.Max(r, 0));
                        return errno;
                    }
                }
            }
        }
    }

    /// <summary>The value of an extended attribute, or null where it is not set.</summary>
    public static byte[]? GetXattr(SafeFileHandle file, PathName name)
    {
        Errno errno = TryGetXattr(file, name, out byte[] value);
        if (errno is Errno.ENODATA or Errno.EOPNOTSUPP)
        {
            return null;
        }

        Check(errno, "get attribute of", file, "", name.ToString());
        return value;
    }

    /// <summary>The names of the extended attributes, <c>flistxattr(2)</c>.</summary>
    public static IReadOnlyList<string> ListXattr(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        const int LongestList = 65536;
        byte[] list = new byte[LongestList];

        // SAFETY: the kernel's largest list (XATTR_LIST_MAX) fits.
        fixed (byte* p = list)
        {
            nint size = Libc.flistxattr(fd.Number, p, LongestList);
            Errno errno = CallResult.Of(size);
            if (errno == Errno.EOPNOTSUPP)
            {
                return [];
            }

            Check(errno, "list attributes of", file);
            string names = new PathName(list.AsSpan(0, (int)size)).ToString();
            return names.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>All extended attributes of what a descriptor stands for, also of one of O_PATH, by name and value; none where the file system has none.
    /// Names are bytes as Latin-1. One that goes away meanwhile is left out.</summary>
    public static List<(string Name, byte[] Value)> ReadXattrs(SafeFileHandle file)
    {
        const int LongestList = 65536;
        using var fd = new FdLease(file);
        using var path = new CString(ProcPath(fd.Number), stackalloc byte[64]);
        var attributes = new List<(string, byte[])>();

        // SAFETY: NUL-terminated and pinned; the first call asks for the size only.
        fixed (byte* p = path)
        {
            nint size = Libc.listxattr(p, null, 0);
            if (size <= 0)
            {
                Errno errno = CallResult.Of(size);
                Check(errno is Errno.EOPNOTSUPP ? Errno.Success : errno, "list attributes of", file);
                return attributes;
            }

            byte[] list = new byte[LongestList];
            fixed (byte* l = list)
            {
                size = Libc.listxattr(p, l, LongestList);
                Check(CallResult.Of(size), "list attributes of", file);
            }

            for (ReadOnlySpan<byte> rest = list.AsSpan(0, (int)size); !rest.IsEmpty;)
            {
                int end = rest.IndexOf((byte)0);
                ReadOnlySpan<byte> name = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                if (!name.IsEmpty && TryGetXattr(p, name, out byte[] value) == Errno.Success)
                {
                    attributes.Add((System.Text.Encoding.Latin1.GetString(name), value));
                }
            }
        }

        return attributes;
    }

    private static Errno TryGetXattr(byte* path, ReadOnlySpan<byte> name, out byte[] value)
    {
        const int LongestValue = 65536;
        using var attribute = new CString(name, stackalloc byte[CString.StackSize]);
        value = new byte[LongestValue];

        // SAFETY: the largest value that the kernel keeps (XATTR_SIZE_MAX) fits.
        fixed (byte* n = attribute)
        fixed (byte* v = value)
        {
            nint size = Libc.getxattr(path, n, v, LongestValue);
            Array.Resize(ref value, (int)Math.Max(size, 0));
            return CallResult.Of(size);
        }
    }
}
