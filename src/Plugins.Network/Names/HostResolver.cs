namespace MiniDock.Plugins.Network.Names;

/// <summary>The host's resolver configuration.</summary>
public static class HostResolver
{
    private const string File = "/etc/resolv.conf";
    private const string SystemdStub = "127.0.0.53";
    private const string SystemdUpstream = "/run/systemd/resolve/resolv.conf";

    /// <summary>Reads it. Where it names nothing but the stub of systemd-resolved, which containers cannot reach, the servers behind that.</summary>
    /// <param name="ownNetwork">Whether the reader is in another network namespace.</param>
    public static ResolvConf Read(bool ownNetwork)
    {
        var conf = ResolvConf.Parse(ReadOrEmpty(File));
        return ownNetwork && conf.Servers is [SystemdStub] && ReadOrEmpty(SystemdUpstream) is { Length: > 0 } upstream
            ? ResolvConf.Parse(upstream)
            : conf;
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
