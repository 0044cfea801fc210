using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Container;

/// <summary><c>--net container:NAME</c>: the container uses the network namespace of another one.</summary>
public sealed class ContainerNetworkProvider(IContainerDirectory containers) : INetworkProvider
{
    /// <inheritdoc/>
    public string Name => "container";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        problems.AddRange(AttachmentOptions.Unknown(request));
        problems.AddRange(AttachmentOptions.NotAlone(request));
        problems.AddRange(Conflicts(request));
        if (request.Attachment.Instance is not { Length: > 0 } name)
        {
            problems.Add(new($"network {request.Attachment}: which container is missing", "write --net container:NAME"));
        }
        else if (containers.Resolve(name) is not { } id)
        {
            problems.Add(new($"network {request.Attachment}: ENOENT (no such container)", "ps -a lists containers"));
        }
        else if (id == request.Spec.Id)
        {
            problems.Add(new($"network {request.Attachment}: EINVAL (a container cannot join itself)"));
        }
        else if (containers.PidOf(id) is null)
        {
            problems.Add(new($"network {request.Attachment}: ESRCH (the container does not run)", $"start it first: start {name}"));
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) =>
        request.Attachment.Instance is { } name && containers.Resolve(name) is { } id
            ? new NamespaceSpec(NamespaceType.Network, NamespaceMode.Container, id.Value)
            : null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request) => [];

    // The other container's files and ports count: docker refuses the same.
    private static IEnumerable<Problem> Conflicts(NetworkRequest request)
    {
        var spec = request.Spec;
        var given = new (bool Given, string Flag)[]
        {
            (spec.Ports.Count > 0, "-p"),
            (spec.Hostname is not null && spec.Namespaces.All(n => n.Type != NamespaceType.Uts), "--hostname"),
            (spec.Dns.Servers.Count + spec.Dns.Search.Count + spec.Dns.Options.Count > 0, "--dns"),
            (spec.Dns.ExtraHosts.Count > 0, "--add-host"),
        };
        return given.Where(g => g.Given).Select(g => new Problem(
            $"network {request.Attachment}: {g.Flag} cannot be used with another container's network",
            $"give {g.Flag} to the container that is joined"));
    }
}
