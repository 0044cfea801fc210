using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>Requests of <c>rtnetlink(7)</c>: links here, addresses, routes and neighbours in the other parts. Changes need CAP_NET_ADMIN.</summary>
public sealed partial class RouteBatch : NetlinkBatch
{
    private const ushort CreateFlags = Constants.NlmFCreate | Constants.NlmFExclusive;

    /// <summary>Creates a bridge.</summary>
    /// <param name="name">Its name, at most 15 bytes.</param>
    /// <param name="settings">Its first settings.</param>
    /// <param name="toleratesExisting">A link of this name is no error, whatever it is.</param>
    public void AddBridge(string name, LinkSettings? settings = null, bool toleratesExisting = false) =>
        AddLink(name, "bridge", settings, toleratesExisting ? Errno.EEXIST : Errno.Success);

    /// <summary>Creates a dummy link.</summary>
    public void AddDummy(string name, LinkSettings? settings = null) => AddLink(name, "dummy", settings, Errno.Success);

    /// <summary>
    /// Creates a veth pair in one request: both ends named, the near end a port of a bridge, the far end in its namespace. One
    /// queue each, which is what makes it quick. The kernel does not let the far end be created up.
    /// </summary>
    public void AddVeth(string name, LinkSettings near, string peerName, LinkSettings far)
    {
        BeginLink(name, near, CreateFlags, "create link", Errno.Success);
        PutQueues();
        int info = BeginNested(Constants.IflaLinkInfo);
        PutText(Constants.IflaInfoKind, "veth");
        int data = BeginNested(Constants.IflaInfoData);
        int peer = BeginNested(Constants.VethInfoPeer);
        Put(default(IfInfoMsg));
        PutText(Constants.IflaIfName, peerName);
        PutSettings(far);
        PutQueues();
        EndNested(peer);
        EndNested(data);
        EndNested(info);
    }

    /// <summary>Creates a macvlan link on top of another.</summary>
    public void AddMacvlan(string name, int parentIndex, MacvlanMode mode, LinkSettings? settings = null)
    {
        int data = BeginStacked(name, "macvlan", parentIndex, settings, out int info);
        PutUInt32(Constants.IflaMacvlanMode, (uint)mode);
        EndNested(data);
        EndNested(info);
    }

    /// <summary>Creates an ipvlan link on top of another.</summary>
    public void AddIpvlan(string name, int parentIndex, IpvlanMode mode, LinkSettings? settings = null)
    {
        int data = BeginStacked(name, "ipvlan", parentIndex, settings, out int info);
        PutUInt16(Constants.IflaIpvlanMode, (ushort)mode);
        EndNested(data);
        EndNested(info);
    }

    /// <summary>Creates a VLAN link on top of another.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parentIndex">The link below.</param>
    /// <param name="vlanId">1 to 4094.</param>
    /// <param name="settings">Its first settings.</param>
    public void AddVlan(string name, int parentIndex, ushort vlanId, LinkSettings? settings = null)
    {
        int data = BeginStacked(name, "vlan", parentIndex, settings, out int info);
        PutUInt16(Constants.IflaVlanId, vlanId);
        EndNested(data);
        EndNested(info);
    }

    /// <summary>Changes a link: state, master, MTU, name, address, namespace, port settings.</summary>
    public void SetLink(LinkReference link, LinkSettings settings)
    {
        if (settings.NewName is not null && link.Name is not null)
        {
            throw new ArgumentException("a link is renamed by index, the name would be taken for the new one", nameof(link));
        }

        BeginLink(link, settings, 0, "set link", Errno.Success);
        if (settings.Hairpin is not null || settings.Isolated is not null)
        {
            int info = BeginNested(Constants.IflaLinkInfo);
            PutText(Constants.IflaInfoSlaveKind, "bridge");
            int data = BeginNested(Constants.IflaInfoSlaveData);
            PutFlag(Constants.IflaBrportMode, settings.Hairpin);
            PutFlag(Constants.IflaBrportIsolated, settings.Isolated);
            EndNested(data);
            EndNested(info);
        }
    }

    /// <summary>Deletes a link. A veth's deletion blocks for some 20 ms: let the end of its namespace do it where possible.</summary>
    public void DeleteLink(LinkReference link, bool toleratesMissing = false)
    {
        Begin(Constants.RtmDelLink, 0, "delete link", link.ToString(), toleratesMissing ? Errno.ENODEV : Errno.Success);
        Put(new IfInfoMsg { Index = link.Index });
        PutName(link);
    }

    private void AddLink(string name, string kind, LinkSettings? settings, Errno tolerated)
    {
        BeginLink(name, settings ?? LinkSettings.Default, CreateFlags, "create link", tolerated);
        int info = BeginNested(Constants.IflaLinkInfo);
        PutText(Constants.IflaInfoKind, kind);
        EndNested(info);
    }

    private int BeginStacked(string name, string kind, int parentIndex, LinkSettings? settings, out int info)
    {
        BeginLink(name, settings ?? LinkSettings.Default, CreateFlags, "create link", Errno.Success);
        PutUInt32(Constants.IflaLink, (uint)parentIndex);
        info = BeginNested(Constants.IflaLinkInfo);
        PutText(Constants.IflaInfoKind, kind);
        return BeginNested(Constants.IflaInfoData);
    }

    private void BeginLink(LinkReference link, LinkSettings settings, ushort flags, string operation, Errno tolerated)
    {
        Begin(Constants.RtmNewLink, flags, operation, link.ToString(), tolerated);
        Put(new IfInfoMsg
        {
            Index = link.Index,
            Flags = settings.Up == true ? Constants.IffUp : 0,
            Change = settings.Up is null ? 0 : Constants.IffUp,
        });
        PutName(link);
        PutSettings(settings);
    }

    private void PutName(LinkReference link)
    {
        if (link.Name is { } name)
        {
            PutText(Constants.IflaIfName, name);
        }
    }

    private void PutSettings(LinkSettings settings)
    {
        if (settings.NewName is { } name)
        {
            PutText(Constants.IflaIfName, name);
        }

        if (settings.Master is { } master)
        {
            PutUInt32(Constants.IflaMaster, (uint)master);
        }

        if (settings.MtuBytes is { } mtu)
        {
            PutUInt32(Constants.IflaMtu, (uint)mtu);
        }

        if (settings.Address is { } address)
        {
            Span<byte> bytes = stackalloc byte[MacAddress.Size];
            address.CopyTo(bytes);
            PutBytes(Constants.IflaAddress, bytes);
        }

        if (settings.Namespace is { } target)
        {
            bool byPid = target.Descriptor < 0;
            PutUInt32(byPid ? Constants.IflaNetNsPid : Constants.IflaNetNsFd, (uint)(byPid ? target.Pid : target.Descriptor));
        }
    }

    private void PutQueues()
    {
        PutUInt32(Constants.IflaNumTxQueues, 1);
        PutUInt32(Constants.IflaNumRxQueues, 1);
    }

    private void PutFlag(ushort type, bool? value)
    {
        if (value is { } flag)
        {
            PutByte(type, flag ? (byte)1 : (byte)0);
        }
    }
}
