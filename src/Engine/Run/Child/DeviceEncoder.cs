using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>Encodes the steps that fill /dev.</summary>
internal static class DeviceEncoder
{
    // What the container has of its own, or must not have of the host's.
    private static readonly string[] Kept =
    [
        "null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts", "shm", "mqueue", "hugepages", "fd", "stdin", "stdout", "stderr", "core",
    ];

    public static void Device(StepValues arguments, ChildEncoding encoding)
    {
        var (source, target) = (arguments["source"], arguments["target"].TrimEnd('/'));
        if (Files.TryStatAt(null, source, followLink: true, out var stat) is var errno and not Errno.Success)
        {
            throw new EngineException(new LinuxException("device", source, errno).Message, "name a node of the host's /dev");
        }

        if (stat.IsDirectory)
        {
            AllBelow(source, target, encoding);
        }
        else if (IsDevice(stat))
        {
            Node(source, target, stat, arguments.Find("mode") is { } mode ? Convert.ToUInt32(mode, 8) : stat.Permissions, encoding);
        }
        else
        {
            throw new EngineException($"device {source}: not a device node", "files and directories are given by -v");
        }
    }

    public static void AllDevices(ChildEncoding encoding) => AllBelow("/dev", "/dev", encoding);

    private static void AllBelow(string source, string target, ChildEncoding encoding)
    {
        foreach (var path in System.IO.Directory.EnumerateFileSystemEntries(source).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if ((source == "/dev" && Kept.Contains(name)) || Files.TryStatAt(null, path, followLink: false, out var stat) != Errno.Success)
            {
                continue;
            }

            if (stat.IsDirectory)
            {
                AllBelow(path, $"{target}/{name}", encoding);
            }
            else if (IsDevice(stat))
            {
                Node(path, $"{target}/{name}", stat, stat.Permissions, encoding);
            }
        }
    }

    private static bool IsDevice(FileStat stat) => stat.Kind is FileKind.CharacterDevice or FileKind.BlockDevice;

    public static void Links(StepValues arguments, ChildEncoding encoding)
    {
        var directory = encoding.MountAt("/dev") ?? throw new InvalidOperationException("no /dev has been mounted");
        foreach (var line in arguments["links"].Split('\n'))
        {
            var space = line.IndexOf(' ');
            encoding.Program.MakeLink(directory, line[..space], line[(space + 1)..]);
        }
    }

    public static void Console(StepValues arguments, ChildEncoding encoding)
    {
        // A descriptor of the engine's mount namespace cannot be bound in the child's; its path there can, since the host has named it.
        var path = System.IO.File.ResolveLinkTarget($"/proc/self/fd/{encoding.Streams.Input.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;
        if (!encoding.Streams.IsTerminal || path is null || !path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return;
        }

        BindNode(path, arguments["target"], encoding);
    }

    // A node of its own where the engine has made /dev; elsewhere, and in a user namespace, which may make none, the host's node is bound.
    private static void Node(string source, string target, FileStat stat, uint mode, ChildEncoding encoding)
    {
        var program = encoding.Program;
        if (ChildNamespaces.ModeOf(encoding.Spec, NamespaceType.User) == NamespaceMode.Private
            || encoding.MountAt("/dev") is not { } dev
            || !target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            BindNode(source, target, encoding);
            return;
        }

        var inside = target["/dev/".Length..];
        var slash = inside.LastIndexOf('/');
        var parent = slash < 0 ? dev : program.OpenOrCreateBelow(dev, inside[..slash], directory: true);
        program.MakeDevice(parent, inside[(slash + 1)..], (uint)stat.Kind, mode, stat.RawDevice, stat.Gid);
        if (slash >= 0)
        {
            program.Close(parent);
        }
    }

    private static void BindNode(string source, string target, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var node = program.CloneTree(source, recursive: false);
        var place = program.OpenOrCreateInRoot(encoding.Root, target, directory: false);
        program.Attach(node, place);
        program.Close(place);
        program.Close(node);
    }
}
