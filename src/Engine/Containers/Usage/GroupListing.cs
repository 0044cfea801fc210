using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>Puts the groups of running containers together to a tree. On version 1 the hierarchies are laid over each other.</summary>
public sealed class GroupListing(ContainerStore store, RunningGroups groups)
{
    /// <summary>The topmost groups; containers without a group come last.</summary>
    public IReadOnlyList<GroupNode> List()
    {
        var found = store.ListActive().Where(c => c.IsRunning).Select(c => (Container: c, Path: groups.PathOf(c))).OrderBy(c => c.Container.Spec.Created).ToList();
        return
        [
            .. Level([.. found.Where(f => f.Path is not null).Select(f => (f.Container, f.Path!))], depth: 1),
            .. found.Where(f => f.Path is null).Select(f => new GroupNode("")
            {
                Container = f.Container,
                Usage = groups.UsageOf(f.Container),
                Processes = Processes(groups.ProcessesOf(f.Container)),
            }),
        ];
    }

    private IEnumerable<GroupNode> Level(IReadOnlyList<(Container Container, string Path)> below, int depth)
    {
        foreach (var group in below.GroupBy(c => string.Join('/', c.Path.Split('/').Take(depth))))
        {
            if (group.FirstOrDefault(c => c.Path == group.Key).Container is { } own)
            {
                yield return Inside(group.Key, [.. groups.Directories(own, group.Key).Select(d => d.Directory)]) with { Container = own, Usage = groups.UsageOf(own) };
            }
            else
            {
                yield return new GroupNode(group.Key) { Usage = groups.UsageOf(group.First().Container, group.Key), Children = [.. Level([.. group], depth + 1)] };
            }
        }
    }

    // The same group in each hierarchy, or in some of them. A process counts where it lies deepest.
    private static GroupNode Inside(string path, IReadOnlyList<string> directories)
    {
        var below = directories.SelectMany(d => ProcessFiles.Groups(d).Skip(1)).ToList();
        var deeper = below.SelectMany(ProcessFiles.InGroup).ToHashSet();
        var names = below.Where(d => directories.Contains(Path.GetDirectoryName(d)!)).Select(d => Path.GetFileName(d)!).Distinct().Order(StringComparer.Ordinal);
        return new GroupNode(path)
        {
            Processes = Processes(directories.SelectMany(ProcessFiles.InGroup).Distinct().Where(pid => !deeper.Contains(pid)).Order()),
            Children = [.. names.Select(n => Inside($"{path}/{n}", [.. directories.Select(d => $"{d}/{n}").Where(Directory.Exists)]))],
        };
    }

    private static IReadOnlyList<ContainerProcess> Processes(IEnumerable<int> pids) => [.. pids.Select(ContainerProcess.Read).OfType<ContainerProcess>()];
}
