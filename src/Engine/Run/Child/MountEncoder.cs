using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Child;
using ModelPropagation = MiniDock.Abstractions.Model.Propagation;

namespace MiniDock.Engine.Run.Child;

/// <summary>Encodes the steps that mount.</summary>
internal static class MountEncoder
{
    public static void OpenRoot(StepValues arguments, ChildEncoding encoding)
    {
        encoding.Root = encoding.Program.Open(arguments["path"], OpenFlags.Path | OpenFlags.Directory);
        encoding.NullDevice = encoding.Program.Open("/dev/null", OpenFlags.Path | OpenFlags.NoFollow);
        encoding.Program.RequireCharacterDevice(encoding.NullDevice.Value, 1, 3);
    }

    public static void Mount(StepValues arguments, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var target = arguments["target"];
        if (!IsInside(arguments))
        {
            if (encoding.UserNamespace is { } ids)
            {
                UserNamespaceMounts.MountLayer(arguments, ids, encoding);
            }
            else
            {
                program.Mount(arguments.Find("source") ?? "none", target, arguments["type"], MountOptions.Flags(arguments.Find("flags")), arguments.Find("data"));
            }

            return;
        }

        var options = MountOptions.Parse(arguments.Find("data"));
        if (arguments.Find("source") is { Length: > 0 } source && source != "none")
        {
            options = options.Prepend(("source", source));
        }

        var place = Place(arguments, encoding);
        var taken = program.NewLabel();
        if (arguments.Find("if") == "empty")
        {
            program.RequireEmptyDirectory(encoding.Root, target, taken);
        }

        var mount = program.NewFileSystem(arguments["type"], options, MountOptions.Attributes(arguments.Find("flags")));
        program.Attach(mount, place);
        program.Mark(taken);
        program.Close(place);
        encoding.SetMount(target, mount);
    }

    public static void Bind(StepValues arguments, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var recursive = arguments.Find("recursive") != "false";
        var (propagation, deep) = PropagationOf(arguments.Find("propagation"));

        // All that the child has is a slave of the host's mounts: what is to be their peer, the engine copies for it.
        var tree = propagation == Propagation.Shared
            ? encoding.Pass(Mounts.OpenTree(null, arguments["source"], clone: true, recursive))
            : program.CloneTree(arguments["source"], recursive);
        var attributes = MountOptions.Attributes(arguments.Find("flags"));
        if (attributes != MountAttributes.None)
        {
            program.SetMountAttributes(tree, attributes, MountAttributes.None, Propagation.Unchanged, recursive);
        }

        if (arguments.Find("idmap") == "true" && encoding.UserNamespace is { } ids)
        {
            program.MapIds(tree, ids);
        }

        program.SetMountAttributes(tree, MountAttributes.None, MountAttributes.None, propagation, deep);
        var place = IsInside(arguments) ? Place(arguments, encoding) : program.Open(arguments["target"], OpenFlags.Path);
        program.Attach(tree, place);
        program.Close(place);
        encoding.SetMount(arguments["target"], tree);
    }

    public static void AttachKept(StepValues arguments, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var mount = program.Inherit(encoding.Host!.Kept(arguments["kept"]));
        var attributes = MountOptions.Attributes(arguments.Find("flags"));
        if (attributes != MountAttributes.None)
        {
            program.SetMountAttributes(mount, attributes, MountAttributes.None, Propagation.Unchanged, recursive: false);
        }

        if (arguments.Find("idmap") == "true" && encoding.UserNamespace is { } ids)
        {
            program.MapIds(mount, ids);
        }

        var place = Place(arguments, encoding);
        program.Attach(mount, place);
        program.Close(place);
        encoding.SetMount(arguments["target"], mount);
    }

    public static void Directory(StepValues arguments, ChildEncoding encoding)
    {
        var mode = arguments.Find("mode") is { } octal ? Convert.ToUInt32(octal, 8) : 0x1ED;
        if (IsInside(arguments))
        {
            encoding.Program.Close(encoding.Program.OpenOrCreateInRoot(encoding.Root, arguments["target"], directory: true, mode));
        }
        else
        {
            var path = arguments["target"].TrimEnd('/');
            var parent = encoding.Program.Open(Path.GetDirectoryName(path)!, OpenFlags.Path | OpenFlags.Directory);
            encoding.Program.MakeDirectory(parent, Path.GetFileName(path), mode);
            encoding.Program.Close(parent);
        }
    }

    public static void Remount(StepValues arguments, ChildEncoding encoding)
    {
        // The mount may have been left out: its place is then a mount of the user's, who has flags of his own.
        if (encoding.MountAt(arguments["target"]) is { } mount)
        {
            encoding.Program.SetMountAttributes(mount, MountOptions.Attributes(arguments["flags"]), MountAttributes.None, Propagation.Unchanged, recursive: false);
        }
    }

    public static void Mask(StepValues arguments, ChildEncoding encoding)
    {
        foreach (var path in arguments["paths"].Split('\n').Where(MayExist))
        {
            encoding.Program.Mask(encoding.Root, path, encoding.NullDevice!.Value);
        }
    }

    public static void ReadOnlyPaths(StepValues arguments, ChildEncoding encoding)
    {
        foreach (var path in arguments["paths"].Split('\n'))
        {
            encoding.Program.MakeReadOnly(encoding.Root, path);
        }
    }

    private static bool IsInside(StepValues arguments) => arguments.Find("in") == "root";

    // One path for each processor: not worth a system call each where the kernel has none of them.
    /// <summary>Whether a path is worth hiding on this host.</summary>
    public static bool MayExist(string path) => !path.StartsWith("/sys/devices/system/cpu/", StringComparison.Ordinal) || Files.Exists(path);

    private static Operand Place(StepValues arguments, ChildEncoding encoding)
    {
        var (program, target) = (encoding.Program, arguments["target"]);
        var create = arguments.Find("create");
        if (create is null)
        {
            return program.OpenInRoot(encoding.Root, target, OpenFlags.Path);
        }

        return arguments.Find("links") == "no"
            ? program.OpenOrCreateBelow(encoding.Root, target, create == "dir")
            : program.OpenOrCreateInRoot(encoding.Root, target, create == "dir", replaceLinks: arguments.Find("links") == "replace");
    }

    /// <summary>What mount_setattr(2) takes for the name of a <see cref="ModelPropagation"/>; null is what a bind has unless asked otherwise.</summary>
    public static (Propagation Propagation, bool Recursive) PropagationOf(string? name) =>
        (name is null ? ModelPropagation.RPrivate : Enum.Parse<ModelPropagation>(name, ignoreCase: true)) switch
        {
            ModelPropagation.RPrivate => (Propagation.Private, true),
            ModelPropagation.Private => (Propagation.Private, false),
            ModelPropagation.RShared => (Propagation.Shared, true),
            ModelPropagation.Shared => (Propagation.Shared, false),
            ModelPropagation.RSlave => (Propagation.Slave, true),
            ModelPropagation.Slave => (Propagation.Slave, false),
            ModelPropagation.RUnbindable => (Propagation.Unbindable, true),
            _ => (Propagation.Unbindable, false),
        };
}
