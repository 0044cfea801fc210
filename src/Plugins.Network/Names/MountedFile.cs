using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Names;

/// <summary>A file that is mounted into a container: it changes in place, for what is mounted is the inode.</summary>
internal static class MountedFile
{
    /// <summary>Changes its text; nothing where it is not there. Only what differs is written, so that who reads meanwhile finds what stays.
    /// Locks nothing: a lock on what it has mounted a container could hold for ever.</summary>
    public static void Change(string path, Func<string, string> change)
    {
        var errno = Files.TryOpenAt(null, path, OpenFlags.ReadWrite | OpenFlags.NoFollow, 0, out var file);
        if (errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return;
        }

        if (errno != Errno.Success)
        {
            throw new LinuxException("open", path, errno);
        }

        using (file)
        {
            var before = ReadAll(file);
            var after = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(before)));
            var same = before.AsSpan().CommonPrefixLength(after);
            if (same < after.Length)
            {
                RandomAccess.Write(file, after.AsSpan(same), same);
            }

            if (after.Length < before.Length)
            {
                Files.Truncate(file, after.Length);
            }
        }
    }

    private static byte[] ReadAll(SafeFileHandle file)
    {
        var bytes = new byte[RandomAccess.GetLength(file)];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }
}
