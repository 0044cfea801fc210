namespace MiniDock.Engine.Plugins.Hooks;

/// <summary>Reads <c>--hook PLUGIN[,key=value…]</c>.</summary>
internal static class HookPluginText
{
    /// <summary>The plugin and its options; null where it is not like that.</summary>
    public static (string Name, Dictionary<string, string> Options)? Parse(string text)
    {
        var parts = text.Split(',');
        var options = new Dictionary<string, string>();
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || !options.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                return null;
            }
        }

        return parts[0].Length == 0 || text.Any(char.IsControl) ? null : (parts[0], options);
    }
}
