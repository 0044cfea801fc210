using System.ComponentModel;
using System.Diagnostics;
using MiniDock.Abstractions;

namespace MiniDock.Cli.Commands.Limits;

/// <summary>The host's ps(1) with options of the user, and of its lines those of some processes: what docker does.</summary>
internal static class HostPs
{
    /// <summary>Runs it.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="pids">Which processes.</param>
    /// <returns>The headings, then the rows.</returns>
    /// <exception cref="EngineException">There is no ps, it failed, or it shows no PID; exit code 1.</exception>
    public static IReadOnlyList<string[]> Run(IReadOnlyList<string> options, IReadOnlySet<int> pids)
    {
        var lines = Output(options).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Length == 0 ? [] : lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var column = Array.IndexOf(headers, "PID");
        if (column < 0)
        {
            throw new EngineException("ps: EINVAL (its output has no column PID)", "add it: -o pid,args", exitCode: 1);
        }

        return
        [
            headers,
            .. lines.Skip(1).Select(line => Fields(line, headers.Length))
                .Where(fields => fields.Length > column && int.TryParse(fields[column], out var pid) && pids.Contains(pid)),
        ];
    }

    private static string Output(IReadOnlyList<string> options)
    {
        try
        {
            using var ps = Process.Start(new ProcessStartInfo("ps", options) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = ps.StandardError.ReadToEndAsync();
            var output = ps.StandardOutput.ReadToEnd();
            ps.WaitForExit();
            return ps.ExitCode == 0 ? output
                : throw new EngineException($"ps {string.Join(' ', options)}: exit code {ps.ExitCode} ({error.Result.Trim().Split('\n')[0]})", exitCode: 1);
        }
        catch (Win32Exception)
        {
            throw new EngineException("ps: ENOENT (this host has no ps)", "without options the processes are shown all the same", exitCode: 1);
        }
    }

    // The last column may hold spaces.
    private static string[] Fields(string line, int count)
    {
        var fields = new List<string>();
        var rest = line.AsSpan().Trim();
        while (fields.Count < count - 1 && rest.IndexOf(' ') is >= 0 and var space)
        {
            fields.Add(rest[..space].ToString());
            rest = rest[space..].TrimStart();
        }

        fields.Add(rest.ToString());
        return [.. fields];
    }
}
