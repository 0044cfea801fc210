using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Embedding;

/// <summary>What a container of a program is to be. Values are written as on the command line, where one says more: sizes as <c>100M</c>,
/// networks as <c>bridge:lab,ip=10.0.0.2</c>.</summary>
/// <param name="Image">Name or id of an image, such as <c>busybox:latest</c>.</param>
public sealed record ContainerOptions(string Image)
{
    /// <summary>The command and its arguments; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The container's name; null for one made of its id.</summary>
    public string? Name { get; init; }

    /// <summary>Variables of its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Working directory; null for the image's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary><c>USER[:GROUP]</c> by name or number; null for the image's own.</summary>
    public string? User { get; init; }

    /// <summary>Host name; null for the container's short id.</summary>
    public string? Hostname { get; init; }

    /// <summary>Limit of memory, such as <c>100M</c>; null for none.</summary>
    public string? Memory { get; init; }

    /// <summary>Limit of processor time, such as <c>1.5</c>; null for none.</summary>
    public string? Cpus { get; init; }

    /// <summary>Attachments, as <c>--net</c>; empty for the default network.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Published ports, as <c>-p</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Directories of the host and volumes, as <c>-v</c>.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Mounts of any provider, as <c>--mount</c>: <c>type=tmpfs,dst=/scratch</c>.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether its root file system cannot be written to.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Whether the program writes to its standard input; else it reads nothing.</summary>
    public bool OpenStandardInput { get; init; }

    /// <summary>Whether it stays in the store after its end, to be looked at and copied from.</summary>
    public bool Keep { get; init; }

    /// <summary>Sets any other flag of <c>minidock run</c>; called last.</summary>
    public Action<RunFlags>? Configure { get; init; }

    internal RunFlags ToFlags()
    {
        var flags = new RunFlags
        {
            Image = Image,
            Command = Command,
            Name = Name,
            WorkingDirectory = WorkingDirectory,
            User = User,
            Hostname = Hostname,
            Memory = Memory,
            Cpus = Cpus,
            ReadOnly = ReadOnlyRoot,
            Interactive = OpenStandardInput,
            Remove = !Keep,
        };
        flags.Environment.AddRange(Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        flags.Labels.AddRange(Labels.Select(pair => $"{pair.Key}={pair.Value}"));
        flags.Networks.AddRange(Networks);
        flags.Publish.AddRange(Ports);
        flags.Volumes.AddRange(Volumes);
        flags.Mounts.AddRange(Mounts);
        Configure?.Invoke(flags);
        return flags;
    }
}
