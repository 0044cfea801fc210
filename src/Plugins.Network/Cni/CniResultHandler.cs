using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Reads what the plugins have made: inspect shows it, and the container finds itself and its name servers by it.</summary>
public sealed class CniResultHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cni.result";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var result = CniResult.Read(context.ReceiptOf(arguments["result"])![CniPluginHandler.ResultName], arguments["interface"]);
        var files = new LateNames(context.Paths.RunDirectory(context.ContainerId));
        foreach (var own in result.Addresses)
        {
            files.AddAddress(own.Address.ToString(), arguments["names"]);
        }

        var dns = arguments.Find("resolver") == "asked" ? [] : result.NameServers;
        if (dns.Count > 0)
        {
            files.SetResolver(new ResolvConf(dns, result.Search, result.ResolverOptions));
        }

        return StepValues.Of(
            ("network", arguments["network"]),
            ("interface", arguments["interface"]),
            ("address", result.Addresses.FirstOrDefault(a => !a.IsVersion6)?.ToString()),
            ("address6", result.Addresses.FirstOrDefault(a => a.IsVersion6)?.ToString()),
            ("addresses", result.Addresses.Count == 0 ? null : string.Join(' ', result.Addresses.Select(a => a.Address))),
            ("gateway", result.Gateway),
            ("mac", result.Mac),
            ("dns", dns.Count == 0 ? null : string.Join(' ', dns)));
    }

    /// <summary>Takes the addresses out of hosts(5) again: the container may go on without the attachment.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var files = new LateNames(context.Paths.RunDirectory(context.ContainerId));
        foreach (var address in receipt?.Find("addresses")?.Split(' ') ?? [])
        {
            files.RemoveAddress(address, step.Arguments["names"]);
        }
    }
}
