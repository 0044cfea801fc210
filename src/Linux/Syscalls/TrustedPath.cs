namespace MiniDock.Linux;

/// <summary>Whether a file may be believed by a process of root: nobody else can change it, or put another in its place.</summary>
public static class TrustedPath
{
    private const uint WritableByOthers = 0x12;
    private const uint Sticky = 0x200;

    /// <summary>Looks at a file and at every directory above it, where links lead included.</summary>
    /// <param name="path">An absolute path to something that exists.</param>
    /// <returns>Null where only this process' user and root can change it; else what is open to others, and why.</returns>
    public static string? Weakness(string path)
    {
        using var file = Files.Open(path, OpenFlags.Path);
        var real = Files.ReadLinkAt(null, $"/proc/self/fd/{file.DangerousGetHandle()}");
        return OfChain(path) ?? (real == path ? null : OfChain(real));
    }

    // In a directory with the sticky bit others make files of their own, but cannot replace ours.
    private static string? OfChain(string path)
    {
        for (var part = path; part is { Length: > 0 }; part = Path.GetDirectoryName(part))
        {
            var stat = Files.Stat(part);
            if (stat.Uid != 0 && stat.Uid != Processes.EffectiveUid)
            {
                return $"{part} belongs to user {stat.Uid}";
            }

            if ((stat.Permissions & WritableByOthers) != 0 && !(stat.IsDirectory && (stat.Permissions & Sticky) != 0))
            {
                return $"{part} is writable by others";
            }
        }

        return null;
    }
}
