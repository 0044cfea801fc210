using MiniDock.Cli.Input;

namespace MiniDock.Cli;

/// <summary>The flags in front of the command. They are understood behind it too where the command has none of that name.</summary>
internal sealed class GlobalFlags : IFlagSet
{
    public const string Root = "--root";
    public const string RunRoot = "--run-root";
    public const string LogLevel = "--log-level";
    public const string LogFormat = "--log-format";
    public const string Json = "--json";
    public const string StorageDriver = "--storage-driver";
    public const string Version = "--version";

    /// <summary>Name, value's name (empty for a switch), help and environment variable of each.</summary>
    public static readonly (string Name, string Value, string Help)[] All =
    [
        (Root, "DIR", "persistent state (default /var/lib/minidock; MINIDOCK_ROOT)"),
        (RunRoot, "DIR", "state that a reboot clears (default /run/minidock; MINIDOCK_RUN_ROOT)"),
        (LogLevel, "LEVEL", "debug, info, warn or error (default warn; MINIDOCK_LOG_LEVEL)"),
        (LogFormat, "FORMAT", "text or json (default text; MINIDOCK_LOG_FORMAT)"),
        (Json, "", "print results as JSON"),
        (StorageDriver, "NAME", "how layers become a root file system (default auto; MINIDOCK_STORAGE_DRIVER)"),
        (Version, "", "print the version"),
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Names => All.Select(f => f.Name);

    /// <inheritdoc/>
    public Flag? Find(string spelling)
    {
        foreach (var (name, value, _) in All)
        {
            if (name == spelling)
            {
                return new Flag(name, value.Length == 0 ? FlagKind.Switch : FlagKind.Value);
            }
        }

        return null;
    }
}
