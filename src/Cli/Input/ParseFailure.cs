using System.CommandLine;
using System.CommandLine.Parsing;

namespace MiniDock.Cli.Input;

/// <summary>Puts System.CommandLine's complaints into our words.</summary>
internal static class ParseFailure
{
    /// <summary>The first complaint, as a usage error.</summary>
    public static UsageException Of(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var converted = error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);
        return error.SymbolResult is OptionResult option && converted
            ? new UsageException($"invalid value \"{string.Join(' ', option.Tokens.Select(t => t.Value))}\" for {option.Option.Name}")
            : new UsageException(char.ToLowerInvariant(error.Message[0]) + error.Message[1..].TrimEnd('.'));
    }
}
