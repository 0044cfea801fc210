using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.None;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>The steps of one attachment to a network of CNI.</summary>
internal sealed class CniPlan(NetworkRequest request, CniNetwork network, CniOptions options)
{
    private readonly string _attachment = request.Index.ToString(CultureInfo.InvariantCulture);
    private readonly CniRuntime _runtime = new(network, options);
    private readonly string _holdId = $"net.{request.Index}.hold";

    public IEnumerable<PlanStep> Steps()
    {
        var searchPath = CniPrograms.SearchPath;
        var calls = network.Plugins.Select(p => Call(p, searchPath)).ToList();
        yield return Record(calls);
        if (options.Ports.Count > 0)
        {
            yield return Ports();
        }

        yield return LoopbackHandler.Plan(request);
        yield return Hold(calls[0].NamespacePath);
        for (var i = 0; i < calls.Count; i++)
        {
            yield return Plugin(calls, i);
        }

        yield return Result(calls.Count - 1);
    }

    private CniCall Call(CniPlugin plugin, string searchPath) => new(
        request.Spec.Id,
        network.Name,
        network.Version,
        plugin.Type,
        CniPrograms.Find(plugin.Type, searchPath),
        searchPath,
        plugin.Json,
        request.InterfaceName,
        HeldNamespace.PathOf(request.Paths, request.Spec.Id, _attachment),
        _runtime.Of(plugin),
        _runtime.Arguments);

    private PlanStep Record(List<CniCall> calls) => new()
    {
        Id = $"net.{request.Index}.record",
        Phase = PlanPhase.HostBefore,
        Kind = CniRecordHandler.StepKind,
        Arguments = CniRecordHandler.Arguments(calls, request.Index),
        Why = "what plugins keep outlives a reboot, and is taken back by it",
    };

    private PlanStep Ports() => new()
    {
        Id = $"net.{request.Index}.ports",
        Phase = PlanPhase.HostBefore,
        Kind = CniPortsHandler.StepKind,
        Arguments = StepValues.Of(("name", request.Spec.Name), ("ports", string.Join(' ', options.Ports)), ("interface", request.InterfaceName)),
        Why = "no other container publishes them",
        ManPage = "flock(2)",
    };

    private PlanStep Hold(string path) => new()
    {
        Id = _holdId,
        Phase = PlanPhase.HostAfter,
        Kind = CniHoldHandler.StepKind,
        Arguments = StepValues.Of(("namespace", path), ("interface", request.InterfaceName)),
        Requires = ["spawn"],
        Why = "plugins find the namespace by a path, also when the container has ended",
        ManPage = "network_namespaces(7)",
        Shell = $"mount --bind /proc/$PID/ns/net {path}",
    };

    private PlanStep Plugin(List<CniCall> calls, int index)
    {
        var call = calls[index];
        return new PlanStep
        {
            Id = CniPluginHandler.IdOf(request.Index, index),
            Phase = PlanPhase.HostAfter,
            Kind = CniPluginHandler.StepKind,
            Arguments = call.ToValues().With("plugins", calls.Count.ToString(CultureInfo.InvariantCulture)),
            Requires = [index == 0 ? _holdId : CniPluginHandler.IdOf(request.Index, index - 1)],
            Why = $"plugin {index + 1} of {calls.Count} of the list in {network.File}",
            ManPage = "CNI specification, section 4",
            Shell = $"CNI_COMMAND=ADD CNI_CONTAINERID={call.Container} CNI_NETNS={call.NamespacePath} CNI_IFNAME={call.Interface} CNI_ARGS='{call.Arguments}' CNI_PATH={call.SearchPath} {call.Program} < CONFIGURATION",
        };
    }

    private PlanStep Result(int last)
    {
        var spec = request.Spec;
        var isAsked = spec.Dns.Servers.Count > 0 || !request.IsDefaultRoute;
        return new PlanStep
        {
            Id = $"net.{request.Index}.result",
            Phase = PlanPhase.HostAfter,
            Kind = CniResultHandler.StepKind,
            Arguments = StepValues.Of(
                ("network", $"{CniNetworkProvider.ProviderName}:{network.Name}"),
                ("interface", request.InterfaceName),
                ("result", CniPluginHandler.IdOf(request.Index, last)),
                ("names", HostsFile.NamesOf(NetworkMode.HostNameOf(spec, Environment.MachineName), spec.DomainName)),
                ("resolver", isAsked ? "asked" : null)),
            Requires = [CniPluginHandler.IdOf(request.Index, last)],
            Why = "addresses and name servers that the plugins have given",
            ManPage = "hosts(5), resolv.conf(5)",
        };
    }
}
