namespace MiniDock.Abstractions.Model;

/// <summary>One network attachment: <c>--net PROVIDER[:INSTANCE][,key=value…]</c>.</summary>
/// <param name="Provider">Provider, such as <c>bridge</c>, or the name of a made network.</param>
/// <param name="Instance">What follows the colon, or null.</param>
/// <param name="Options">The keys; common ones are <c>ip ip6 mac name mtu gw default</c>.</param>
public sealed record AttachmentSpec(string Provider, string? Instance, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Provider and instance as the user would write them.</summary>
    public string Head => Instance is null ? Provider : $"{Provider}:{Instance}";

    /// <summary>What it is attached to, as networks are listed: a bridge is known by its network's name.</summary>
    public string NetworkName => Provider == "bridge" ? Instance ?? Provider : Head;

    /// <summary>The attachment as the user would write it. A key that was given several times has its values separated by spaces.</summary>
    public override string ToString() =>
        Options.Count == 0 ? Head : $"{Head},{string.Join(',', Options.SelectMany(o => o.Value.Split(' ').Select(v => $"{o.Key}={v}")))}";
}
