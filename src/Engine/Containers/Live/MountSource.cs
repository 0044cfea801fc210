using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>What is mounted into one or more containers: a new file system, a copy of one that a container has, or what a provider plans.</summary>
internal sealed class MountSource : IDisposable
{
    private readonly MountAddition _addition;
    private readonly IMountProvider? _provider;
    private readonly Stack<SafeFileHandle> _trees;
    private readonly MountSpec _pattern;

    private MountSource(MountAddition addition, MountSpec pattern, IMountProvider? provider, IEnumerable<SafeFileHandle> trees)
    {
        (_addition, _pattern, _provider, _trees) = (addition, pattern, provider, new Stack<SafeFileHandle>(trees.Reverse()));
    }

    /// <summary>Whether it was made by <c>mount add -t</c>.</summary>
    public bool IsFileSystem => _provider is null;

    /// <summary>Whether it is what another container has already.</summary>
    public bool IsCopy { get; private init; }

    /// <summary>Finds or makes it.</summary>
    /// <exception cref="EngineException">It cannot be; exit code 1.</exception>
    public static MountSource Open(MountAddition addition, ContainerStore store, ProviderSet providers, HostFacts host)
    {
        MountSource source;
        if (addition.FileSystem is { } type)
        {
            var pattern = new MountSpec { Type = type, Source = addition.Source, Target = "/", Options = addition.Options };
            if (addition.IsKept && providers.Mount(type) is null)
            {
                throw new EngineException($"mount {type}: EINVAL (cannot be kept over a restart)", "leave --persist out; bind mounts, volumes and tmpfs can be kept", exitCode: 1);
            }

            source = new MountSource(addition, pattern, null, NewTrees(addition, pattern, store, host));
        }
        else if (!addition.Source.StartsWith('/') && SharedMount.Find(addition.Source, store) is { } shared)
        {
            source = new MountSource(addition, shared.Mount, null, shared.Copies(addition.Places.Count)) { IsCopy = true };
        }
        else
        {
            if (!addition.Source.StartsWith('/') && !Files.Exists(store.Paths.VolumeFile(addition.Source)))
            {
                // Into a container that runs nothing is made by mistake: the name may have been meant for something else.
                throw Unknown(addition.Source);
            }

            var pattern = new MountSpec { Type = addition.Source.StartsWith('/') ? "bind" : "volume", Source = addition.Source, Target = "/" };
            source = new MountSource(addition, pattern, providers.Mount(pattern.Type) ?? throw Unknown(addition.Source), []);
        }

        source.Validate(store, host);
        return source;
    }

    /// <summary>The mount for one place.</summary>
    /// <param name="place">Its target, flags and propagation.</param>
    public MountSpec Of(MountSpec place) => place with
    {
        Type = _pattern.Type,
        Source = _pattern.Source,
        Options = _pattern.Options,
    };

    /// <summary>The steps of a provider; none for what the engine makes itself.</summary>
    public IReadOnlyList<PlanStep> Plan(MountRequest request) => _provider is null ? [] : [.. _provider.Plan(request)];

    /// <summary>The mount for the next container, at no place yet.</summary>
    /// <param name="step">The provider's step in the container, or null.</param>
    /// <param name="target">The container.</param>
    /// <param name="around">The same, and the host.</param>
    public SafeFileHandle Take(PlanStep? step, ContainerTarget target, MountSurroundings around)
    {
        if (_provider is not null)
        {
            return step is { Kind: ChildStepKinds.Bind or ChildStepKinds.Mount } && step.Arguments.Find("in") == "root"
                ? MountTrees.Of(step, target, around)
                : throw new EngineException($"mount {_pattern.Type} {_pattern.Source}: EOPNOTSUPP (not into a container that runs already)", exitCode: 1);
        }

        return _trees.Count > 0
            ? _trees.Pop()
            : MountTrees.OfFileSystem(_pattern.Type, _pattern.Source, Options(_pattern), 1, target, around)[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tree in _trees)
        {
            tree.Dispose();
        }
    }

    // Those that show a container's own namespaces are made one by one, when it is its turn.
    private static IReadOnlyList<SafeFileHandle> NewTrees(MountAddition addition, MountSpec pattern, ContainerStore store, HostFacts host) =>
        MountTrees.IsBoundToNamespaces(pattern.Type)
            ? []
            : MountTrees.OfFileSystem(
                pattern.Type, pattern.Source, Options(pattern), addition.Places.Count, null, new MountSurroundings(addition.Places[0].Container.Spec, host, store.Paths));

    private static IEnumerable<(string Key, string? Value)> Options(MountSpec pattern) =>
        pattern.Options.Select(o => (o.Key, o.Value.Length == 0 ? null : o.Value))!;

    private static EngineException Unknown(string name) => new(
        $"mount {name}: ENOENT (no such volume)", $"make one: minidock volume create {name}; for a directory write ./{name}; for new memory that containers share: minidock mount add -t tmpfs {name} CONTAINER:PATH…", exitCode: 1);

    private void Validate(ContainerStore store, HostFacts host)
    {
        var problems = new List<Problem>();
        foreach (var (container, mount) in _addition.Places)
        {
            problems.AddRange(_provider?.Validate(new MountRequest(Of(mount), container.Spec.Mounts.Count, container.Spec, host, store.Paths)) ?? []);
        }

        if (problems.Count > 0)
        {
            Dispose();
            throw EngineException.Of([.. problems.Distinct()], exitCode: 1);
        }
    }
}
