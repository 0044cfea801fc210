namespace MiniDock.Cli.Commands.Snapshots;

/// <summary>One side of <c>cp</c> on the command line.</summary>
/// <param name="Container">The container; null for the host.</param>
/// <param name="Path">The path there.</param>
internal readonly record struct CopyArgument(string? Container, string Path)
{
    /// <summary>Reads <c>CONTAINER:PATH</c> or a path of the host, which is one for certain where it begins with a slash or a dot.</summary>
    public static CopyArgument Parse(string text)
    {
        var colon = text.IndexOf(':');
        return colon <= 0 || text[0] is '/' or '.' ? new CopyArgument(null, text) : new CopyArgument(text[..colon], text[(colon + 1)..]);
    }
}
