namespace MiniDock.Plugins.Network;

/// <summary>Kinds of the steps that network providers plan.</summary>
public static class NetworkStepKinds
{
    /// <summary>Makes what all containers of a network share: the bridge, its address, the packet filter's table, forwarding.</summary>
    public const string Network = "bridge.network";

    /// <summary>Takes an address.</summary>
    public const string Lease = "bridge.lease";

    /// <summary>Makes the veth pair.</summary>
    public const string Port = "bridge.port";

    /// <summary>Brings the interfaces of the container up and gives them addresses and routes.</summary>
    public const string Address = "bridge.address";

    /// <summary>Makes ports of the host lead to the container.</summary>
    public const string Publish = "bridge.publish";

    /// <summary>Lets the containers of a network find the container by name.</summary>
    public const string Names = "bridge.names";

    /// <summary>Brings the loopback of a container without other interfaces up.</summary>
    public const string Loopback = "loopback";
}
