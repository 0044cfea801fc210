using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Input;

namespace MiniDock.Cli;

/// <summary>Values of the global flags; what a flag does not say comes from the environment.</summary>
internal sealed class GlobalOptions
{
    private string? _root;
    private string? _runRoot;
    private string? _logLevel;
    private string? _logFormat;
    private string? _storageDriver;

    /// <summary>Results as JSON.</summary>
    public bool Json { get; private set; }

    /// <summary>Only the version was asked.</summary>
    public bool Version { get; private set; }

    /// <summary>Persistent state.</summary>
    public string Root => Full(_root ?? Variable("ROOT") ?? (Environment.IsPrivilegedProcess ? EnginePaths.DefaultRoot : Xdg("XDG_DATA_HOME", ".local/share")));

    /// <summary>State that a reboot clears.</summary>
    public string RunRoot => Full(_runRoot ?? Variable("RUN_ROOT") ?? (Environment.IsPrivilegedProcess ? EnginePaths.DefaultRunRoot : Xdg("XDG_RUNTIME_DIR", ".cache")));

    /// <summary><c>debug</c>, <c>info</c>, <c>warn</c> or <c>error</c>.</summary>
    public string LogLevel => OneOf(GlobalFlags.LogLevel, _logLevel ?? Variable("LOG_LEVEL") ?? "warn", "debug", "info", "warn", "error");

    /// <summary>Whether the log shows everything.</summary>
    public bool IsDebug => (_logLevel ?? Variable("LOG_LEVEL")) == "debug";

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string LogFormat => OneOf(GlobalFlags.LogFormat, _logFormat ?? Variable("LOG_FORMAT") ?? "text", "text", "json");

    /// <summary><c>auto</c> or a driver's name.</summary>
    public string StorageDriver => _storageDriver ?? Variable("STORAGE_DRIVER") ?? "auto";

    /// <summary>Takes the value of a global flag; false when the flag is none.</summary>
    public bool Take(Flag flag, string value)
    {
        switch (flag.Name)
        {
            case GlobalFlags.Root: _root = value; break;
            case GlobalFlags.RunRoot: _runRoot = value; break;
            case GlobalFlags.LogLevel: _logLevel = value; break;
            case GlobalFlags.LogFormat: _logFormat = value; break;
            case GlobalFlags.StorageDriver: _storageDriver = value; break;
            case GlobalFlags.Json: Json = value == "true"; break;
            case GlobalFlags.Version: Version = value == "true"; break;
            default: return false;
        }

        return true;
    }

    /// <summary>Refuses values that no part could use.</summary>
    public void Validate()
    {
        _ = LogLevel;
        _ = LogFormat;
        if (Root == RunRoot)
        {
            throw new EngineException($"--root and --run-root are the same directory {Root}", "the run root is cleared by a reboot: keep it apart, such as under /run");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable("MINIDOCK_" + name) is { Length: > 0 } value ? value : null;

    private static string Xdg(string variable, string inHome) => Path.Combine(
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } directory ? directory : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", inHome),
        "minidock");

    private static string Full(string path) =>
        path.Length == 0 ? throw new UsageException("--root and --run-root need a directory") : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static string OneOf(string flag, string value, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(value) ? value : throw new UsageException($"invalid value \"{value}\" for {flag}: one of {string.Join(", ", allowed!)}");
}
