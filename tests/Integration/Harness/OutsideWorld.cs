namespace MiniDock.Tests.Integration.Harness;

/// <summary>
/// A machine beyond the host: a network namespace behind a veth pair. It has no route to containers, so whatever it answers came to it
/// from the host's own address.
/// </summary>
public sealed class OutsideWorld : IDisposable
{
    private readonly string _name = $"outside{Guid.NewGuid():n}"[..15];

    /// <summary>Makes it and links it to the host.</summary>
    public OutsideWorld() => HostCommand.Shell($"""
        ip netns add {_name}
        ip link add to-{_name[7..]} type veth peer name eth0 netns {_name}
        ip address add {HostAddress}/30 dev to-{_name[7..]}
        ip link set to-{_name[7..]} up
        ip -n {_name} address add {Address}/30 dev eth0
        ip -n {_name} link set eth0 up
        ip -n {_name} link set lo up
        """);

    /// <summary>The file of its network namespace.</summary>
    public string NamespacePath => $"/run/netns/{_name}";

    /// <summary>The host's end of the cable to it.</summary>
    public string HostLink => $"to-{_name[7..]}";

    /// <summary>Its address (a network reserved for documentation).</summary>
    public string Address => "203.0.113.2";

    /// <summary>The host's address as it sees it.</summary>
    public string HostAddress => "203.0.113.1";

    /// <summary>Runs a program in it.</summary>
    public Outcome Run(params string[] command) => HostCommand.Run("ip", ["netns", "exec", _name, .. command]);

    /// <summary>Starts a program in it.</summary>
    public RunningCommand Start(params string[] command) => RunningCommand.Start("ip", ["netns", "exec", _name, .. command], RunningCommand.KeepOpen);

    /// <inheritdoc/>
    public void Dispose() => HostCommand.Shell($"ip link delete to-{_name[7..]}; ip netns delete {_name}");
}
