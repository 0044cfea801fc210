using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int openat(int dir, byte* path, int flags, uint mode);

    [LibraryImport(Name)]
    public static partial int statx(int dir, byte* path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport(Name)]
    public static partial int fstatfs(int fd, StatFsBuffer* buffer);

    [LibraryImport(Name)]
    public static partial int mkdirat(int dir, byte* path, uint mode);

    [LibraryImport(Name)]
    public static partial int unlinkat(int dir, byte* path, int flags);

    [LibraryImport(Name)]
    public static partial int symlinkat(byte* target, int dir, byte* path);

    [LibraryImport(Name)]
    public static partial int linkat(int oldDir, byte* oldPath, int newDir, byte* newPath, int flags);

    [LibraryImport(Name)]
    public static partial int mknodat(int dir, byte* path, uint mode, ulong device);

    [LibraryImport(Name)]
    public static partial nint readlinkat(int dir, byte* path, byte* buffer, nuint size);

    [LibraryImport(Name)]
    public static partial int fchownat(int dir, byte* path, uint uid, uint gid, int flags);

    [LibraryImport(Name)]
    public static partial int fchmod(int fd, uint mode);

    [LibraryImport(Name)]
    public static partial int fchmodat(int dir, byte* path, uint mode, int flags);

    [LibraryImport(Name)]
    public static partial int utimensat(int dir, byte* path, Timespec* times, int flags);

    [LibraryImport(Name)]
    public static partial int fsetxattr(int fd, byte* name, void* value, nuint size, int flags);

    [LibraryImport(Name)]
    public static partial nint fgetxattr(int fd, byte* name, void* value, nuint size);

    [LibraryImport(Name)]
    public static partial nint flistxattr(int fd, byte* list, nuint size);

    [LibraryImport(Name)]
    public static partial int lsetxattr(byte* path, byte* name, void* value, nuint size, int flags);

    [LibraryImport(Name)]
    public static partial nint getxattr(byte* path, byte* name, void* value, nuint size);

    [LibraryImport(Name)]
    public static partial nint listxattr(byte* path, byte* list, nuint size);

    [LibraryImport(Name)]
    public static partial int syncfs(int fd);

    [LibraryImport(Name)]
    public static partial int fsync(int fd);

    [LibraryImport(Name)]
    public static partial int fdatasync(int fd);

    [LibraryImport(Name)]
    public static partial int fallocate(int fd, int mode, long offset, long length);

    [LibraryImport(Name)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport(Name)]
    public static partial int flock(int fd, int operation);

    [LibraryImport(Name)]
    public static partial long lseek(int fd, long offset, int whence);
}
