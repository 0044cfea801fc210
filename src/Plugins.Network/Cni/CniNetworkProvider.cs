using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.None;

namespace MiniDock.Plugins.Network.Cni;

/// <summary><c>--net cni:NAME</c>: a network that is configured for CNI; its plugins attach the container.</summary>
public sealed class CniNetworkProvider : INetworkProvider
{
    /// <summary>Its name.</summary>
    public const string ProviderName = "cni";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers =>
        [new CniRecordHandler(), new CniPortsHandler(), new LoopbackHandler(), new CniHoldHandler(), new CniPluginHandler(), new CniResultHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        var shown = NameProblems.Shown(request.Attachment.ToString());
        var options = CniOptions.Read(request, problems);
        if (Find(request, shown, problems) is { } network)
        {
            problems.AddRange(new CniRuntime(network, options).Problems(shown));
            CheckPrograms(network, problems);
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request) =>
        Find(request, request.Attachment.ToString(), []) is { } network ? new CniPlan(request, network, CniOptions.Read(request, [])).Steps() : [];

    private static CniNetwork? Find(NetworkRequest request, string shown, List<Problem> problems)
    {
        var configurations = CniConfigurations.OfHost;
        if (request.Attachment.Instance is not { Length: > 0 } name)
        {
            problems.Add(new($"network {shown}: EINVAL (names no network)", $"write --net cni:NAME, NAME being that of a list in {configurations.Directory}"));
            return null;
        }

        var unreadable = new List<string>();
        var all = configurations.All(unreadable);
        if (all.FirstOrDefault(n => n.Name == name) is not { } network)
        {
            var known = all.Count == 0 ? $"there is none in {configurations.Directory}" : $"those in {configurations.Directory} are {string.Join(' ', all.Select(n => n.Name))}";
            problems.Add(new(
                string.Join('\n', [$"network {shown}: ENOENT (no network of CNI has this name)", .. unreadable.Select(u => $"network {shown}: passed over {NameProblems.Shown(u)}")]),
                $"{known}; NETCONFPATH names another directory"));
            return null;
        }

        if (CniConfigurations.Weakness(network) is { } weakness)
        {
            problems.Add(new($"network {shown}: {network.File}: EPERM ({weakness})", "it says what root executes, and must be root's alone: chown root, chmod go-w"));
            return null;
        }

        return network;
    }

    private static void CheckPrograms(CniNetwork network, List<Problem> problems)
    {
        foreach (var type in network.Plugins.Select(p => p.Type).Distinct())
        {
            try
            {
                CniPrograms.Find(type, CniPrograms.SearchPath);
            }
            catch (EngineException e)
            {
                problems.Add(new(e.Message, e.Hint));
            }
        }
    }
}
