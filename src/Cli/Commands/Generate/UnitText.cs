using System.Globalization;
using System.Text;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Commands.General;

namespace MiniDock.Cli.Commands.Generate;

/// <summary>Units of systemd, systemd.service(5).</summary>
/// <param name="program">Path of this program.</param>
/// <param name="paths">The engine's directories, named in the unit where they are not the default ones.</param>
internal sealed class UnitText(string program, EnginePaths paths)
{
    // What the engine itself may take to clean up.
    private const int CleanUpSeconds = 60;

    /// <summary><c>Restart=</c>.</summary>
    public string RestartPolicy { get; init; } = "on-failure";

    /// <summary><c>RestartSec=</c>, or null.</summary>
    public int? RestartSeconds { get; init; }

    /// <summary>More <c>Wants=</c>.</summary>
    public IReadOnlyList<string> Wants { get; init; } = [];

    /// <summary>More <c>After=</c>.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>More <c>Requires=</c>.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Whether a comment says where the unit comes from.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>A unit that starts and stops a container that is there.</summary>
    public string Existing(string service, string container, int stopSeconds)
    {
        var unit = Begin(service, $"MiniDock container {container}");
        Service(unit, stopSeconds);
        Line(unit, "ExecStart", "start", container);
        Line(unit, "ExecStop", "stop", "-t", Text(stopSeconds), container);
        Line(unit, "ExecStopPost", "stop", "-t", Text(stopSeconds), container);
        return End(unit);
    }

    /// <summary>A unit that makes its container at each start.</summary>
    /// <exception cref="EngineException">How the container was made is not known.</exception>
    public string Anew(string service, ContainerSpec spec, int stopSeconds)
    {
        if (spec.CreateCommand is not { } made)
        {
            throw new EngineException(
                $"container {spec.Name}: ENOTSUP (it is not known how it was made)", "make it by run -d or create, or leave --new away");
        }

        var unit = Begin(service, $"MiniDock container {spec.Name}, made anew");
        Service(unit, stopSeconds);

        // Starting it again is systemd's now. And it may have been renamed since.
        var flags = made.TakeWhile(a => a.StartsWith("--", StringComparison.Ordinal)).ToList();
        var kept = flags.Where(a => !a.StartsWith("--name=", StringComparison.Ordinal) && !a.StartsWith("--restart=", StringComparison.Ordinal));
        unit.Append("ExecStartPre=-").Append(Command("rm", "-f", spec.Name)).Append('\n');
        Line(unit, "ExecStart", ["run", "--detach", "--rm", $"--name={spec.Name}", .. kept, .. made.Skip(flags.Count)]);
        Line(unit, "ExecStop", "stop", "-t", Text(stopSeconds), spec.Name);
        unit.Append("ExecStopPost=-").Append(Command("rm", "-f", spec.Name)).Append('\n');
        return End(unit);
    }

    /// <summary>The unit that starts at boot what restart policies want up.</summary>
    public string AtBoot()
    {
        var unit = Begin("minidock-restart.service", "MiniDock containers that a reboot does not keep down");

        // The monitors stay in the unit's group and are no part of the service.
        unit.Append("[Service]\nType=oneshot\nRemainAfterExit=yes\nKillMode=process\n");
        Line(unit, "ExecStart", "start", "--restart-policy");
        return End(unit);
    }

    /// <summary>A word of a command line, quoted as systemd.service(5), "COMMAND LINES", wants it.</summary>
    internal static string Quoted(string word)
    {
        if (word.Length > 0 && word != ";" && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@+".Contains(c)))
        {
            return word;
        }

        var text = new StringBuilder("\"");
        foreach (var c in word)
        {
            _ = c switch
            {
                '%' => text.Append("%%"),
                '$' => text.Append("$$"),
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    private StringBuilder Begin(string service, string description)
    {
        var unit = new StringBuilder();
        if (HasHeader)
        {
            unit.Append(CultureInfo.InvariantCulture, $"# {service}\n# made by MiniDock {VersionCommand.Number}, minidock generate systemd\n\n");
        }

        unit.Append(CultureInfo.InvariantCulture, $"[Unit]\nDescription={description}\n");
        unit.Append(CultureInfo.InvariantCulture, $"Wants={string.Join(' ', Wants.Prepend("network-online.target"))}\n");
        unit.Append(CultureInfo.InvariantCulture, $"After={string.Join(' ', After.Prepend("network-online.target"))}\n");
        if (Requires.Count > 0)
        {
            unit.Append(CultureInfo.InvariantCulture, $"Requires={string.Join(' ', Requires)}\n");
        }

        return unit.Append(CultureInfo.InvariantCulture, $"RequiresMountsFor={Quoted(paths.Root)} {Quoted(paths.RunRoot)}\n\n");
    }

    private void Service(StringBuilder unit, int stopSeconds)
    {
        // The monitor is the main process: it tells so itself, for it is no child of systemd's.
        unit.Append(CultureInfo.InvariantCulture, $"[Service]\nType=notify\nNotifyAccess=all\nRestart={RestartPolicy}\n");
        if (RestartSeconds is { } pause)
        {
            unit.Append(CultureInfo.InvariantCulture, $"RestartSec={pause}\n");
        }

        unit.Append(stopSeconds < 0 ? "TimeoutStopSec=infinity\n" : string.Create(CultureInfo.InvariantCulture, $"TimeoutStopSec={stopSeconds + CleanUpSeconds}\n"));
    }

    private void Line(StringBuilder unit, string key, params string[] arguments) => unit.Append(key).Append('=').Append(Command(arguments)).Append('\n');

    private string Command(params string[] arguments)
    {
        List<string> words = [program];
        if (paths.Root != EnginePaths.DefaultRoot)
        {
            words.AddRange(["--root", paths.Root]);
        }

        if (paths.RunRoot != EnginePaths.DefaultRunRoot)
        {
            words.AddRange(["--run-root", paths.RunRoot]);
        }

        return string.Join(' ', words.Concat(arguments).Select(Quoted));
    }

    private static string End(StringBuilder unit) => unit.Append("\n[Install]\nWantedBy=default.target\n").ToString();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
