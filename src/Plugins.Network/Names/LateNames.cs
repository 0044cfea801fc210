namespace MiniDock.Plugins.Network.Names;

/// <summary>Changes of a container's <c>hosts</c> and <c>resolv.conf</c> when their files are there already, as by addresses that somebody else has given.</summary>
/// <param name="directory">The container's run directory.</param>
internal sealed class LateNames(string directory)
{
    private readonly string _hosts = Path.Combine(directory, NameFilesHandler.Hosts);

    /// <summary>Makes the container's names mean an address, instead of the loopback.</summary>
    /// <param name="address">The address.</param>
    /// <param name="names">Its names, separated by spaces.</param>
    public void AddAddress(string address, string names) => MountedFile.Change(_hosts, text => HostsFile.WithAddress(text, address, names));

    /// <summary>Takes that back.</summary>
    public void RemoveAddress(string address, string names) => MountedFile.Change(_hosts, text => HostsFile.WithoutAddress(text, address, names));

    /// <summary>Replaces the resolver's configuration.</summary>
    public void SetResolver(ResolvConf resolver) => MountedFile.Change(Path.Combine(directory, NameFilesHandler.ResolvConfName), _ => resolver.ToString());
}
