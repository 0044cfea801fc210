using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Named;

/// <summary><c>--net ns:NAME|/path</c>: the container joins an existing network namespace, that of <c>ip netns</c> or any nsfs file.</summary>
public sealed class NamedNetworkProvider : INetworkProvider
{
    private const string NamesDirectory = "/run/netns";

    /// <inheritdoc/>
    public string Name => "ns";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        problems.AddRange(AttachmentOptions.Unknown(request));
        problems.AddRange(AttachmentOptions.NotAlone(request));
        if (PathOf(request) is not { } path)
        {
            problems.Add(new($"network {request.Attachment}: EINVAL (neither a name nor an absolute path)", "write --net ns:NAME or --net ns:/path"));
        }
        else if (!Files.Exists(path))
        {
            problems.Add(new($"network namespace {path}: ENOENT (no such file)", "ip netns list shows those that have a name"));
        }
        else if (Files.StatFs(path).Magic != FileSystemStat.NamespaceFs)
        {
            problems.Add(new($"network namespace {path}: EINVAL (not a namespace)", "it must be a file of nsfs, such as /proc/PID/ns/net"));
        }
        else if (HidesAnother(path))
        {
            problems.Add(new(
                $"network namespace {path}: EBUSY (another namespace is hidden under it)",
                $"unshare --net=FILE makes a new one over it; umount {path} shows the first again"));
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) =>
        PathOf(request) is { } path ? new NamespaceSpec(NamespaceType.Network, NamespaceMode.Path, path) : null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request) => [];

    // A mount that has come to one place in two ways is there twice, and hides nothing.
    private static bool HidesAnother(string path) =>
        MountTable.Read().Where(m => m.Type == "nsfs" && m.Target == path).Select(m => m.Root).Distinct().Count() > 1;

    private static string? PathOf(NetworkRequest request) => request.Attachment.Instance switch
    {
        ['/', ..] path when !path.Contains('\0', StringComparison.Ordinal) => path,
        var name when ContainerName.IsValid(name) => Path.Combine(NamesDirectory, name),
        _ => null,
    };
}
