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
                yield return Inside(own, group.Key, [.. groups.Directories(own, group.Key).Select(d => d.Directory)]) with { Container = own, Usage = groups.UsageOf(own) };
            }
            else
            {
                yield return new GroupNode(group.Key) { Usage = groups.UsageOf(group.First().Container, group.Key), Children = [.. Level([.. group], depth + 1)] };
            }
        }
    }

    private static GroupNode Inside(Container container, string path, IReadOnlyList<string> directories)
    {
        var names = directories.SelectMany(d => ProcessFiles.Groups(d).Skip(1)).Select(d => directories.First(o => d.StartsWith(o + "/", StringComparison.Ordinal)) is var top
            ? d[(top.Length + 1)..] : d).Where(n => !n.Contains('/')).Distinct().Order(StringComparer.Ordinal).ToList();
        var deeper = directories.SelectMany(d => ProcessFiles.Groups(d).Skip(1)).SelectMany(ProcessFiles.InGroup).ToHashSet();
        return new GroupNode(path)
        {
            Processes = Processes(directories.SelectMany(ProcessFiles.InGroup).Distinct().Where(pid => !deeper.Contains(pid)).Order()),
            Children = [.. names.Select(n => Inside(container, $"{path}/{n}", [.. directories.Select(d => $"{d}/{n}").Where(Directory.Exists)]))],
        };
    }

    private static IReadOnlyList<ContainerProcess> Processes(IEnumerable<int> pids) => [.. pids.Select(ContainerProcess.Read).OfType<ContainerProcess>()];
}
