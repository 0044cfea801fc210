using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Plugins.Storage.FileSystems;

/// <summary>Makes file systems by the host's own mkfs(8).</summary>
internal static class FileSystemMaker
{
    /// <summary>The file systems that are made.</summary>
    public static readonly string[] Known = ["ext4", "xfs"];

    private const long LeastExt4Bytes = 256 << 10;
    private const long LeastXfsBytes = 300L << 20;
    private const int ShownBytes = 2048;
    private static readonly string[] UsualPlaces = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin"];

    /// <summary>What is wrong with a file system of this type and size, or null.</summary>
    public static Problem? Complaint(string what, string type, long sizeBytes) => type switch
    {
        "ext4" when sizeBytes < LeastExt4Bytes => new Problem($"{what}: EINVAL (ext4 needs 256 KiB)"),
        "xfs" when sizeBytes < LeastXfsBytes => new Problem($"{what}: EINVAL (xfs needs 300 MiB)", "take fs=ext4 for less"),
        "ext4" or "xfs" when !Places(type).Any(p => Files.Exists(p)) =>
            new Problem($"{what}: ENOENT (no mkfs.{type} in PATH)", type == "xfs" ? "install xfsprogs" : "install e2fsprogs"),
        "ext4" or "xfs" => null,
        _ => new Problem($"{what}: EINVAL (no file system {type})", $"the file systems are {string.Join(", ", Known)}"),
    };

    /// <summary>Makes a file system.</summary>
    /// <param name="type">Its type, one of <see cref="Known"/>.</param>
    /// <param name="path">A device or file.</param>
    /// <param name="label">What it is called, at most twelve letters.</param>
    /// <param name="isLasting">Whether it has to bear a crash; one in memory needs no journal.</param>
    /// <param name="sizeBytes">Bytes of it that are used; 0: all.</param>
    /// <exception cref="EngineException">mkfs failed; what it wrote is told.</exception>
    public static void Make(string type, string path, string label, bool isLasting, long sizeBytes = 0)
    {
        List<string> arguments = type == "ext4"
            ? ["mkfs.ext4", "-q", "-F", "-m", "0", "-L", label, .. isLasting ? Array.Empty<string>() : ["-O", "^has_journal", "-i", "8192"]]
            : ["mkfs.xfs", "-q", "-f", "-L", label];
        if (type == "ext4")
        {
            arguments.Add(path);
            if (sizeBytes > 0)
            {
                arguments.Add(FormattableString.Invariant($"{sizeBytes >> 10}k"));
            }
        }
        else
        {
            if (sizeBytes > 0)
            {
                arguments.AddRange(["-d", FormattableString.Invariant($"size={sizeBytes}")]);
            }

            arguments.Add(path);
        }

        var (status, written) = Run(type, arguments);
        if (status != 0)
        {
            throw new EngineException($"make file system {type} on {path}: mkfs.{type} ended with {status}{(written.Length == 0 ? "" : $"; it wrote:\n{written}")}");
        }
    }

    /// <summary>Takes away what mkfs has put into the root of a new file system: it is to be empty. One that is in use already loses nothing.</summary>
    /// <param name="root">Its root, or a mount of it.</param>
    public static void Tidy(SafeFileHandle root) => Files.TryUnlinkAt(root, "lost+found", removeDirectory: true);

    private static IEnumerable<string> Places(string type) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(p => p.StartsWith('/')).Concat(UsualPlaces).Distinct().Select(p => $"{p}/mkfs.{type}");

    private static (int Status, string Written) Run(string type, List<string> arguments)
    {
        var (fromOutput, output) = Pipes.Create();
        using (fromOutput)
        {
            StartedChild child;
            using (output)
            using (var nothing = Files.Open("/dev/null", OpenFlags.ReadOnly))
            {
                var builder = new ChildProgramBuilder();
                builder.NewSession();
                builder.SetStandardStream(0, builder.Inherit(nothing));
                builder.SetStandardStream(1, builder.Inherit(output));
                builder.SetStandardStream(2, builder.Inherit(output));
                builder.EndWithParent();
                builder.Execute([.. Places(type).Where(p => Files.Exists(p))], [.. arguments], ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]);
                using var program = builder.Build();
                child = ChildProcess.Start(program, new CloneOptions());
            }

            using (child)
            {
                if (child.ReadOutcome() is { } failure)
                {
                    throw new EngineException($"mkfs.{type}: {ErrnoText.Name(failure.Errno)} ({ErrnoText.Text(failure.Errno)})");
                }

                var written = new byte[ShownBytes];
                var length = 0;
                while (length < written.Length && Files.TryRead(fromOutput, written.AsSpan(length), out var count) == Errno.Success && count > 0)
                {
                    length += count;
                }

                fromOutput.Dispose();
                var status = Processes.WaitId(child.PidFd)!.Value.ShellExitCode;
                return (status, string.Concat(Encoding.UTF8.GetString(written, 0, length).Trim().Select(c => char.IsControl(c) && c != '\n' ? ' ' : c)));
            }
        }
    }
}
