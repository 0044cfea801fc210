using System.CommandLine;

namespace MiniDock.Cli.Commands;

/// <summary>Options that many commands have, each made anew for its command.</summary>
internal static class CommonOptions
{
    /// <summary><c>--format json|table|TEMPLATE</c>.</summary>
    public static Option<string?> Format() => new("--format")
    {
        HelpName = "FORMAT",
        Description = "json, table, or a template such as '{{.ID}}'",
    };

    /// <summary><c>-q</c>.</summary>
    public static Option<bool> Quiet(string what = "print ids only") => new("--quiet", "-q") { Description = what };

    /// <summary><c>--no-trunc</c>.</summary>
    public static Option<bool> NoTrunc() => new("--no-trunc") { Description = "print whole ids and texts" };

    /// <summary><c>--filter KEY=VALUE</c>, repeatable.</summary>
    public static Option<string[]> Filter(string keys) => new("--filter")
    {
        HelpName = "KEY=VALUE",
        Description = $"only what matches ({keys}); repeatable",
        AllowMultipleArgumentsPerToken = false,
        Aliases = { "-f" },
    };
}
