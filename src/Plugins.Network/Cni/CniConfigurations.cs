using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>The networks that are configured on this host: <c>NETCONFPATH</c>, else <c>/etc/cni/net.d</c>.</summary>
/// <param name="directory">Where they are.</param>
public sealed class CniConfigurations(string directory)
{
    private static readonly string[] Extensions = [".conflist", ".conf", ".json"];

    /// <summary>Those of this host.</summary>
    public static CniConfigurations OfHost => new(Environment.GetEnvironmentVariable("NETCONFPATH") is { Length: > 0 } path ? Path.GetFullPath(path) : "/etc/cni/net.d");

    /// <summary>Where they are.</summary>
    public string Directory => directory;

    /// <summary>All that can be read: lists before files of one plugin, then by the names of their files. Of one name the first counts.</summary>
    /// <param name="unreadable">What cannot be, a line each.</param>
    public IReadOnlyList<CniNetwork> All(ICollection<string> unreadable)
    {
        var networks = new List<CniNetwork>();
        foreach (var file in FilesByOrder())
        {
            try
            {
                var network = CniFormat.Read(File.ReadAllBytes(file), file);
                if (!networks.Exists(n => n.Name == network.Name))
                {
                    networks.Add(network);
                }
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                unreadable.Add($"{file}: {e.Message}");
            }
        }

        return networks;
    }

    /// <summary>Why a network's configuration is not to be believed, or null.</summary>
    public static string? Weakness(CniNetwork network) => TrustedPath.Weakness(network.File);

    private IEnumerable<string> FilesByOrder()
    {
        if (!System.IO.Directory.Exists(directory))
        {
            return [];
        }

        return System.IO.Directory.EnumerateFiles(directory)
            .Where(f => Array.IndexOf(Extensions, Path.GetExtension(f)) >= 0)
            .OrderBy(f => Path.GetExtension(f) == Extensions[0] ? 0 : 1)
            .ThenBy(f => f, StringComparer.Ordinal);
    }
}
