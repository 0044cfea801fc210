namespace MiniDock.Abstractions.Model;

/// <summary>One network attachment: <c>--net PROVIDER[:INSTANCE][,key=value…]</c>.</summary>
/// <param name="Provider">Provider, such as <c>bridge</c>, or the name of a made network.</param>
/// <param name="Instance">What follows the colon, or null.</param>
/// <param name="Options">The keys; common ones are <c>ip ip6 mac name mtu gw default</c>.</param>
public sealed record AttachmentSpec(string Provider, string? Instance, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The attachment as the user would write it.</summary>
    public override string ToString()
    {
        var head = Instance is null ? Provider : $"{Provider}:{Instance}";
        return Options.Count == 0 ? head : $"{head},{string.Join(',', Options.Select(o => $"{o.Key}={o.Value}"))}";
    }
}
