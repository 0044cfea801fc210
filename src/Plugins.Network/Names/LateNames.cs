using System.Text;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Names;

/// <summary>Changes of a container's <c>hosts</c> and <c>resolv.conf</c> when their files are there already, as by addresses that somebody else has given.
/// They are written in place: the container sees these very files.</summary>
/// <param name="directory">The container's run directory.</param>
internal sealed class LateNames(string directory)
{
    /// <summary>Makes the container's names mean an address, instead of the loopback.</summary>
    /// <param name="address">The address.</param>
    /// <param name="names">Its names, separated by spaces.</param>
    public void AddAddress(string address, string names) => Change("hosts", text => HostsFile.WithAddress(text, address, names));

    /// <summary>Takes that back.</summary>
    public void RemoveAddress(string address, string names) => Change("hosts", text => HostsFile.WithoutAddress(text, address, names));

    /// <summary>Replaces the resolver's configuration.</summary>
    public void SetResolver(ResolvConf resolver) => Change("resolv.conf", _ => resolver.ToString());

    private void Change(string name, Func<string, string> change)
    {
        if (Files.TryOpenAt(null, Path.Combine(directory, name), OpenFlags.ReadWrite | OpenFlags.NoFollow, 0, out var file) != Errno.Success)
        {
            return;
        }

        using (file)
        {
            // Names of the network's other containers come and go there too.
            Files.Flock(file, exclusive: true);
            var before = new byte[RandomAccess.GetLength(file)];
            var length = RandomAccess.Read(file, before, 0);
            var after = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(before, 0, length)));
            RandomAccess.Write(file, after, 0);
            RandomAccess.SetLength(file, after.Length);
        }
    }
}
