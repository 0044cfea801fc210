using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>The switches of one Open vSwitch, and their ports: rows of its database (ovs-vswitchd.conf.db(5)), which ovs-vswitchd carries out.</summary>
internal sealed class OvsSwitches(OvsdbConnection database) : IDisposable
{
    private const string Root = "Open_vSwitch";
    private const string Bridges = "Bridge";
    private const string Ports = "Port";
    private const string Interfaces = "Interface";
    private const string ExternalIds = "external_ids";
    private const string OtherConfig = "other_config";
    private const string HardwareAddress = "hwaddr";
    private const int TakenUpMilliseconds = 5000;

    /// <summary>Names of all switches.</summary>
    public IReadOnlyList<string> Names()
    {
        using var look = new OvsdbTransaction();
        look.Select(Bridges, null, "name");
        return [.. Rows(database.Transact(look)[0]).Select(r => r.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Gives a switch a port, in one transaction with the removal of what the same owner has, and of what belongs to containers that are no more.</summary>
    /// <exception cref="EngineException">There is no such switch, or a port of this name.</exception>
    public void Add(OvsPort port, EnginePaths paths)
    {
        using var look = new OvsdbTransaction();
        look.Select(Ports, Including([(OvsPort.RunRootKey, paths.RunRoot)]), "_uuid", ExternalIds);
        var old = Rows(database.Transact(look)[0]).Where(r => IsOwned(r, port.Owner) || IsOrphan(r, paths)).Select(UuidOf).ToList();

        using var change = new OvsdbTransaction();
        Remove(change, old);
        change.Insert(Interfaces, "interface", ("name", OvsdbValue.Text(port.Device)));
        List<(string Column, OvsdbValue Value)> row =
        [
            ("name", OvsdbValue.Text(port.Device)),
            ("interfaces", OvsdbValue.NewRow("interface")),
            (ExternalIds, OvsdbValue.Map([.. port.Owner, .. port.Notes])),

            // A switch that is started after a reboot forgets it: its device is gone then.
            (OtherConfig, OvsdbValue.Map(("transient", "true"))),
        ];
        if (port.Vlan is { } vlan)
        {
            row.Add(("tag", OvsdbValue.Number(vlan)));
        }

        change.Insert(Ports, "port", row);
        if (port.SwitchMac is { } mac)
        {
            change.Mutate(Bridges, Named(port.Switch), OtherConfig, "insert", OvsdbValue.Map((HardwareAddress, mac)));
        }

        change.Comment($"minidock: port {port.Device}");
        var insertion = change.Count;
        change.Mutate(Bridges, Named(port.Switch), "ports", "insert", OvsdbValue.Set(OvsdbValue.NewRow("port")));
        try
        {
            // Rows that nothing refers to are not kept: without the switch, nothing has happened.
            if (database.Transact(change)[insertion].GetProperty("count").GetInt32() == 0)
            {
                throw NoSwitch(port.Switch);
            }
        }
        catch (OvsdbException e) when (e.Code == OvsdbException.ConstraintViolation)
        {
            throw new EngineException(
                $"port {port.Device} of switch {port.Switch}: EEXIST (a port of a switch has this name)", $"see whose it is: ovs-vsctl list port {port.Device}", inner: e);
        }
    }

    /// <summary>Waits until ovs-vswitchd has taken a port up: packets pass from then on.</summary>
    /// <exception cref="EngineException">It has not, or cannot.</exception>
    public void WaitUntilTakenUp(string device)
    {
        using var wait = new OvsdbTransaction();
        wait.WaitUntilSet(Interfaces, Named(device), "ofport", TakenUpMilliseconds);
        wait.Select(Interfaces, Named(device), "ofport", "error");
        try
        {
            var rows = Rows(database.Transact(wait, TakenUpMilliseconds)[1]).ToList();
            if (rows.Count > 0 && OvsdbValue.OptionalNumber(rows[0].GetProperty("ofport")) < 0)
            {
                throw new EngineException(
                    $"port {device}: EIO ({(rows[0].GetProperty("error") is { ValueKind: JsonValueKind.String } error ? error.GetString() : "ovs-vswitchd cannot open it")})",
                    "ovs-vswitchd must run in the engine's network namespace; its log is in /var/log/openvswitch");
            }
        }
        catch (OvsdbException e) when (e.Code == OvsdbException.TimedOut)
        {
            throw new EngineException(
                $"port {device}: ETIMEDOUT (ovs-vswitchd does not take it up)",
                "does ovs-vswitchd run? a kernel without the module openvswitch needs: ovs-vsctl set bridge SWITCH datapath_type=netdev",
                inner: e);
        }
    }

    /// <summary>Whether an owner has a port.</summary>
    public bool HasPort(IReadOnlyList<(string Key, string Value)> owner)
    {
        using var look = new OvsdbTransaction();
        look.Select(Ports, Including(owner), "_uuid");
        return Rows(database.Transact(look)[0]).Any();
    }

    /// <summary>Makes a switch, unless there is one of the name.</summary>
    /// <param name="name">Its name, and that of the host's interface on it.</param>
    /// <param name="datapath"><c>system</c> for the kernel's datapath, <c>netdev</c> for the one in user space.</param>
    /// <param name="owner">Whose it is: these of its <c>external_ids</c> no other switch has.</param>
    /// <exception cref="EngineException">A port of another switch has the name, or ovs-vswitchd does not take it up.</exception>
    public void AddSwitch(string name, string datapath, (string Key, string Value) owner)
    {
        using var change = new OvsdbTransaction();
        change.Insert(Interfaces, "interface", ("name", OvsdbValue.Text(name)), ("type", OvsdbValue.Text("internal")));
        change.Insert(Ports, "port", ("name", OvsdbValue.Text(name)), ("interfaces", OvsdbValue.NewRow("interface")));
        change.Insert(
            Bridges,
            "bridge",
            ("name", OvsdbValue.Text(name)),
            ("datapath_type", OvsdbValue.Text(datapath)),
            ("ports", OvsdbValue.NewRow("port")),
            (ExternalIds, OvsdbValue.Map(owner)));
        change.Comment($"minidock: switch {name}");
        change.Mutate(Root, null, "bridges", "insert", OvsdbValue.Set(OvsdbValue.NewRow("bridge")));
        try
        {
            database.Transact(change);
        }
        catch (OvsdbException e) when (e.Code == OvsdbException.ConstraintViolation)
        {
            // Of two that make it at once, one wins.
            if (!Names().Contains(name))
            {
                throw new EngineException($"switch {name}: EEXIST (a port of a switch has this name)", "choose another", inner: e);
            }
        }

        WaitUntilTakenUp(name);
    }

    /// <summary>Removes a switch with all its ports; nothing where it is not the owner's.</summary>
    public void RemoveSwitch(string name, (string Key, string Value) owner)
    {
        using var look = new OvsdbTransaction();
        look.Select(Bridges, Including([owner]), "_uuid", "name");
        var found = Rows(database.Transact(look)[0]).Where(r => r.GetProperty("name").GetString() == name).Select(UuidOf).ToList();
        if (found.Count > 0)
        {
            using var change = new OvsdbTransaction();
            change.Mutate(Root, null, "bridges", "delete", OvsdbValue.Set(found.Select(OvsdbValue.Row)));
            database.Transact(change);
        }
    }

    /// <summary>Takes away all ports of an owner; nothing where there are none.</summary>
    public void RemovePorts(IReadOnlyList<(string Key, string Value)> owner)
    {
        using var look = new OvsdbTransaction();
        look.Select(Ports, Including(owner), "_uuid");
        var found = Rows(database.Transact(look)[0]).Select(UuidOf).ToList();
        if (found.Count > 0)
        {
            using var change = new OvsdbTransaction();
            Remove(change, found);
            database.Transact(change);
        }
    }

    /// <summary>Lets a switch's own interface have a hardware address no longer that <see cref="OvsPort.SwitchMac"/> gave it.</summary>
    public void ReleaseMac(string name, string mac)
    {
        using var change = new OvsdbTransaction();
        change.Mutate(Bridges, Named(name), OtherConfig, "delete", OvsdbValue.Map((HardwareAddress, mac)));
        database.Transact(change);
    }

    /// <summary>The error that there is no such switch.</summary>
    public EngineException NoSwitch(string name) => new(
        $"switch {name}: ENOENT (no such switch)",
        $"{(Names() is { Count: > 0 } names ? $"there are: {string.Join(' ', names)}; " : "")}make one: ovs-vsctl add-br {name}, or minidock network create -d ovs -o switch={name} {name}");

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private static IEnumerable<JsonElement> Rows(JsonElement result) => result.GetProperty("rows").EnumerateArray();

    private static string UuidOf(JsonElement row) => OvsdbValue.Uuid(row.GetProperty("_uuid"));

    private static bool IsOwned(JsonElement row, IReadOnlyList<(string Key, string Value)> owner)
    {
        var ids = OvsdbValue.Strings(row.GetProperty(ExternalIds));
        return owner.All(o => ids.GetValueOrDefault(o.Key) == o.Value);
    }

    private static bool IsOrphan(JsonElement row, EnginePaths paths) =>
        ContainerId.TryParse(OvsdbValue.Strings(row.GetProperty(ExternalIds)).GetValueOrDefault(OvsPort.ContainerKey), out var id)
        && !Directory.Exists(paths.RunDirectory(id));

    private static (string Column, string Function, OvsdbValue Value) Named(string name) => ("name", "==", OvsdbValue.Text(name));

    private static (string Column, string Function, OvsdbValue Value) Including(IReadOnlyList<(string Key, string Value)> ids) => (ExternalIds, "includes", OvsdbValue.Map(ids));

    private static void Remove(OvsdbTransaction change, List<string> ports)
    {
        if (ports.Count > 0)
        {
            change.Mutate(Bridges, null, "ports", "delete", OvsdbValue.Set(ports.Select(OvsdbValue.Row)));
        }
    }
}
