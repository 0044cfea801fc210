using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Tests.Unit.Creation;

/// <summary>A host, an image and files that do not depend on the machine.</summary>
internal sealed class Given : ICreationSources
{
    public static readonly ContainerId Other = ContainerId.Parse(new string('b', 64));
    public static readonly ContainerId Own = ContainerId.Parse(new string('a', 64));

    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public ImageDefaults Image { get; set; } = new(new ImageSelection("busybox:latest", Digest.Parse(new string('1', 64)), [Digest.Parse(new string('2', 64))]));

    public string CurrentDirectory => "/home/me";

    public static HostFacts Host { get; } = new()
    {
        KernelRelease = "6.18.0",
        BootId = "boot",
        EffectiveUserId = 0,
        BoundingCapabilities = ulong.MaxValue,
        LastCapability = 40,
        FileSystems = new HashSet<string> { "overlay", "tmpfs" },
        Cgroups = new CgroupLayout(CgroupMode.V2, "/sys/fs/cgroup", new Dictionary<string, string>(), ["cpu", "memory", "pids"]),
        HardLimits = new Dictionary<string, ulong> { ["nofile"] = 4096 },
        Processors = 4,
        MemoryBytes = 8L << 30,
        Namespaces = new HashSet<string> { "mnt", "uts", "ipc", "pid", "net", "user", "cgroup" },
        HostName = "machine",
    };

    public ImageSelection? FindImage(string reference) => reference == "busybox" ? Image.Selection : null;

    public Dictionary<string, IReadOnlyList<MountSpec>> Mounts { get; } = [];

    public IReadOnlyList<MountSpec>? MountsOf(string nameOrId) => Mounts.GetValueOrDefault(nameOrId);

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public string ReadFile(string path) => Files.TryGetValue(path, out var text) ? text : throw new FileNotFoundException(path);

    public string? FindPinnedNamespace(string name) => name == "pinned" ? "/run/minidock/ns/pinned" : null;

    public string? DriverOfNetwork(string name) => name == "made" ? "bridge" : null;

    public ContainerId? FindContainer(string nameOrId) => nameOrId == "other" ? Other : null;

    /// <summary>What a command line of run comes to.</summary>
    public CreationResult Run(params string[] arguments)
    {
        using var context = new CliContext(new GlobalOptions());
        var flags = RunFlagReader.Read(context, "run", arguments) ?? throw new InvalidOperationException("help");
        return new SpecBuilder(this).Build(Own, DateTimeOffset.UnixEpoch, flags, Image, Host);
    }

    /// <summary>The container of a command line without mistakes, <c>busybox</c> put behind the flags.</summary>
    public ContainerSpec Spec(string flags)
    {
        var result = Run([.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "busybox"]);
        Assert.Empty(result.Problems);
        return result.Spec!;
    }

    /// <summary>The mistakes of flags, as text.</summary>
    public IReadOnlyList<string> Problems(string flags)
    {
        var result = Run([.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "busybox"]);
        Assert.True(result.Problems.Count == 0 == (result.Spec is not null));
        return [.. result.Problems.Select(p => p.Message)];
    }
}
