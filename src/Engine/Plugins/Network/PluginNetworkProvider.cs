using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins.Network;

/// <summary><c>--net PLUGIN[:INSTANCE][,key=value…]</c>.</summary>
public sealed class PluginNetworkProvider(InstalledPlugin plugin, PluginProviders plugins) : INetworkProvider
{
    // What the engine itself sees to.
    private static readonly string[] OwnKeys = ["name", "default"];

    /// <inheritdoc/>
    public string Name => plugin.Name;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = PluginFile.Problems(plugin).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        problems = PluginOptions.Problems($"network {request.Attachment}", plugin, Options(request)).ToList();
        if (request.Spec.Namespaces.LastOrDefault(n => n.Type == NamespaceType.Network) is { Mode: not NamespaceMode.Private })
        {
            problems.Add(new($"network {request.Attachment}: the container has no network namespace of its own", "leave out --ns net=…, or the attachment"));
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        var id = FormattableString.Invariant($"net.{request.Index}.");
        var call = new PluginRequest
        {
            Op = PluginOperations.InRequest(PluginKind.Network, PluginOperations.Attach),
            Container = PluginSteps.Container(request.Spec, request.Paths),
            Network = new PluginNetworkRequest
            {
                Instance = request.Attachment.Instance,
                Index = request.Index,
                Interface = request.InterfaceName,
                DefaultRoute = request.IsDefaultRoute,
            },
            Options = Options(request),
        };
        if (plugin.Manifest!.Mode == PluginMode.Session)
        {
            yield return PluginStartHandler.Plan(id + "start", plugin);
        }

        yield return new PlanStep
        {
            Id = id + "attach",
            Phase = PlanPhase.HostAfter,
            Kind = PluginNetworkHandler.StepKind,
            Arguments = PluginSteps.Arguments(plugin, call, ("interface", request.InterfaceName)),
            Requires = [Run.SpawnStep.Id],
            Why = $"plugin {plugin.Name} connects {request.InterfaceName}",
            ManPage = "docs/plugins.md",
            Shell = PluginSteps.Shell(plugins.Explain(plugin, PluginOperations.Attach, call), plugin, PluginOperations.Attach),
        };
    }

    private static Dictionary<string, string> Options(NetworkRequest request) =>
        request.Attachment.Options.Where(o => !OwnKeys.Contains(o.Key)).ToDictionary(o => o.Key, o => o.Value);
}
