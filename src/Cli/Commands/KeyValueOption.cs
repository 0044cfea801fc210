using MiniDock.Abstractions;
using MiniDock.Cli.Output;

namespace MiniDock.Cli.Commands;

/// <summary>Values of a repeatable option <c>KEY=VALUE</c>.</summary>
internal static class KeyValueOption
{
    /// <summary>Reads them; a key alone has the empty value.</summary>
    /// <param name="flag">The option, for the error.</param>
    /// <param name="texts">As they were given.</param>
    public static Dictionary<string, string> Read(string flag, string[]? texts)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var text in texts ?? [])
        {
            var equals = text.IndexOf('=');
            if (equals == 0 || text.Length == 0 || text.Any(char.IsControl))
            {
                throw new EngineException($"{flag} {TerminalText.Escape(text)}: EINVAL (it is KEY=VALUE)", null, exitCode: 1);
            }

            pairs[equals < 0 ? text : text[..equals]] = equals < 0 ? "" : text[(equals + 1)..];
        }

        return pairs;
    }
}
