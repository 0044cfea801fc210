namespace MiniDock.Plugins.Network.Ovs;

/// <summary>Where the database of Open vSwitch listens.</summary>
internal static class OvsSocket
{
    /// <summary>Key of an attachment that names it.</summary>
    public const string Key = "socket";

    private const string DirectoryVariable = "OVS_RUNDIR";
    private const string DefaultDirectory = "/var/run/openvswitch";
    private const string FileName = "db.sock";

    /// <summary>The socket that was asked for, else that of the run directory that ovs-vsctl(8) would take.</summary>
    public static string Path(string? wanted) =>
        wanted ?? System.IO.Path.Combine(Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } set ? set : DefaultDirectory, FileName);
}
