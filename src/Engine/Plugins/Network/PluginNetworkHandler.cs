using System.Globalization;
using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Engine.Containers;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Engine.Plugins.Network;

/// <summary>Lets a plugin attach a container to its network, and detach it.</summary>
public sealed class PluginNetworkHandler(PluginCaller caller, Action<string> warn) : IStepHandler
{
    internal const string StepKind = "plugin.network.attach";

    private static readonly LinkSettings Up = new() { Up = true };

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var plugin = PluginSteps.Required(step);
        var request = PluginSteps.RequestOf(step);
        var name = step.Arguments["interface"];

        // Held while the plugin works: what it is given by path cannot become another process' meanwhile.
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        BringLoopbackUp(socket);
        var reply = caller.Call(plugin, PluginOperations.Attach, request with
        {
            Container = request.Container! with { Pid = context.Pid },
            Ns = NamespacesOf(context.Pid),
        });
        var result = Read(plugin, reply);
        var link = socket.FindLink(name)
            ?? throw new EngineException($"plugin {plugin.Name} net.attach: ENODEV (it made no interface {name} inside)", "network.interface of the request names it");
        var own = result.Interfaces.Select((value, index) => (value, index)).Where(i => i.value.Sandbox is not null && i.value.Name == name).ToList();
        var address = result.Ips.FirstOrDefault(ip => ip.Interface is null || own.Count == 0 || ip.Interface == own[0].index);
        var names = new ContainerNames(context.Paths.RunDirectory(context.ContainerId));
        names.Add(result.Ips.Select(ip => ip.Address.Split('/')[0]));
        names.Use(result.Dns);
        var first = new FirstProcess(context.Pid, Processes.StartTime(context.Pid) ?? 0, Processes.BootId());
        return StepValues.Of([
            ("network", request.Network!.Instance is { } instance ? $"{plugin.Name}:{instance}" : plugin.Name),
            ("interface", name),
            ("address", address?.Address),
            ("gateway", address?.Gateway),
            ("mac", link.Address.ToString()),
            ("result", reply.Result?.GetRawText()),
            PluginSteps.StateOf(reply),
            .. first.ToReceipt().Select(v => (v.Key, (string?)v.Value))]);
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var process = receipt is null ? (FirstProcess?)null : FirstProcess.From(receipt);
        PluginSteps.Undo(step, receipt, context, caller, warn, process is { IsAlive: true } first ? NamespacesOf(first.Pid) : null);
        if (receipt?.Find("result") is { } text && JsonSerializer.Deserialize(text, PluginJson.Default.NetworkResult) is { } result)
        {
            new ContainerNames(context.Paths.RunDirectory(context.ContainerId)).Remove(result.Ips.Select(ip => ip.Address.Split('/')[0]));
        }
    }

    private static PluginNamespaces NamespacesOf(int pid)
    {
        var directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/");
        return new PluginNamespaces(directory + "net", directory + "mnt");
    }

    private static void BringLoopbackUp(NetlinkSocket socket)
    {
        const int loopback = 1;
        var batch = new RouteBatch();
        batch.SetLink(loopback, Up);
        socket.Execute(batch);
    }

    private static NetworkResult Read(InstalledPlugin plugin, PluginReply reply)
    {
        try
        {
            var result = reply.Result is { } json ? JsonSerializer.Deserialize(json, PluginJson.Default.NetworkResult) ?? new() : new();
            return result.Ips.FirstOrDefault(ip => !IsCidr(ip.Address) || (ip.Gateway is { } gateway && !System.Net.IPAddress.TryParse(gateway, out _))) is { } bad
                ? throw new EngineException($"plugin {plugin.Name} net.attach: EPROTO (address {PluginFailures.Shown(bad.Address)} via {PluginFailures.Shown(bad.Gateway ?? "none")})",
                    "ips of its result holds address as ADDRESS/LENGTH and gateway as ADDRESS")
                : result;
        }
        catch (JsonException e)
        {
            throw new EngineException($"plugin {plugin.Name} net.attach: EPROTO (its result is not one: {PluginFailures.Shown(e.Message)})", "docs/plugins.md tells what it holds");
        }
    }

    private static bool IsCidr(string text) =>
        text.Split('/') is [var address, var length] && System.Net.IPAddress.TryParse(address, out var parsed)
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= (parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
}
