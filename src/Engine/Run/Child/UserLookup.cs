using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>
/// Looks a user up in the container's own passwd(5) and group(5). The files are the container's: they are opened inside its
/// root, read up to a limit, and every id must be between 0 and 2³¹−1 (a larger one may wrap to 0).
/// </summary>
internal static class UserLookup
{
    private const int MostBytes = 4 << 20;

    /// <summary>Resolves <see cref="ProcessSpec.User"/> and <see cref="ProcessSpec.AdditionalGroups"/>.</summary>
    /// <exception cref="EngineException">A name is not there, or an id is out of range.</exception>
    public static ResolvedUser Resolve(SafeFileHandle root, ProcessSpec process)
    {
        var parts = process.User.Split(':', 2);
        var name = parts[0].Length == 0 ? "0" : parts[0];
        var users = Lines(root, "etc/passwd", fields: 7);
        var groups = Lines(root, "etc/group", fields: 4);
        var number = Number(name);
        var entry = users.Find(u => number is { } id ? IsNumber(u[2], id) : u[0] == name);
        if (entry is null && number is null)
        {
            throw new EngineException($"user {name}: not in the container's /etc/passwd", "use a number, or a user of the image", 126);
        }

        var user = number ?? Checked(entry![2], $"user {name}");
        uint group = entry is null ? 0 : Checked(entry[3], $"group of user {name}");
        List<uint> more = [];
        if (parts.Length == 2 && parts[1].Length > 0)
        {
            group = Group(parts[1], groups);
        }
        else if (entry is not null)
        {
            more.AddRange(groups.Where(g => g[3].Split(',').Contains(entry[0])).Select(g => Checked(g[2], $"group {g[0]}")));
        }

        more.AddRange(process.AdditionalGroups.Select(g => Group(g, groups)));
        var distinct = more.Distinct().ToList();
        return distinct.Count <= ResolvedUser.MostGroups
            ? new ResolvedUser(user, group, distinct, entry is { } e && e[5].StartsWith('/') && !e[5].Contains('\0') ? e[5] : "/")
            : throw new EngineException($"user {name}: {distinct.Count} groups", $"at most {ResolvedUser.MostGroups} supplementary groups");
    }

    private static uint Group(string name, List<string[]> groups) =>
        Number(name) ?? (groups.Find(g => g[0] == name) is { } entry
            ? Checked(entry[2], $"group {name}")
            : throw new EngineException($"group {name}: not in the container's /etc/group", "use a number, or a group of the image", 126));

    private static uint? Number(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return Checked(text, "id");
    }

    // Another user's impossible id is nobody's business until somebody wants to be that user.
    private static bool IsNumber(string text, uint id) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value == id;

    private static uint Checked(string text, string what) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= int.MaxValue
            ? id
            : throw new EngineException($"{what} {text}: out of range", "ids are 0 to 2147483647", 126);

    private static List<string[]> Lines(SafeFileHandle root, string path, int fields)
    {
        var errno = Files.TryOpenAt2(
            root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal, 0,
            ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out var file);
        if (errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return [];
        }

        if (errno != Errno.Success)
        {
            throw new EngineException(new LinuxException("open", $"the container's /{path}", errno).Message);
        }

        using (file)
        {
            var stat = Files.Stat(file);
            if (!stat.IsRegular || stat.SizeBytes > MostBytes)
            {
                throw new EngineException($"the container's /{path}: not a regular file of at most {MostBytes >> 20} MiB");
            }

            var bytes = new byte[stat.SizeBytes];
            var length = RandomAccess.Read(file, bytes, 0);

            // A line that does not look like one is not an entry: numbers in it are never taken for an id.
            return [.. Encoding.UTF8.GetString(bytes, 0, length).Split('\n')
                .Select(line => line.Split(':'))
                .Where(f => f.Length >= fields && f[0].Length > 0 && f[2].Length > 0 && !f[2].AsSpan().ContainsAnyExceptInRange('0', '9'))];
        }
    }
}
