using System.Diagnostics;

namespace MiniDock.Plugins.Sdk;

/// <summary>Runs programs of the host, such as <c>ip</c>.</summary>
public static class HostCommand
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="PluginException">It did not end with 0; the error tells what it wrote.</exception>
    public static string Run(string program, params string[] arguments) => TryRun(program, arguments, out var output, out var errors)
        ? output
        : throw new PluginException("EIO", $"{program} {string.Join(' ', arguments)}: {errors.Trim()}");

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Whether it ended with 0.</returns>
    public static bool TryRun(string program, params string[] arguments) => TryRun(program, arguments, out _, out _);

    private static bool TryRun(string program, string[] arguments, out string output, out string errors)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new PluginException("ENOENT", $"{program}: it cannot be started");
        process.StandardInput.Close();
        var written = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd();
        errors = written.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
