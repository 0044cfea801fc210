using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Hooks;

/// <summary>Runs one command of the user on the host, by its shell, in a session of its own and with a clean environment.</summary>
internal static class HookCommand
{
    /// <summary>A hook that takes longer is killed with all that it has started: recovery must not wait for one for ever.</summary>
    private const int MostMilliseconds = 60_000;

    /// <summary>Of what it writes, so much of the end is told when it fails.</summary>
    private const int ShownBytes = 2048;

    private const string Shell = "/bin/sh";
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Runs it to its end.</summary>
    /// <param name="what">What the error calls it, such as <c>pre-start hook</c>.</param>
    /// <param name="command">The line.</param>
    /// <param name="id">The container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="state">What it reads.</param>
    /// <exception cref="EngineException">It ended otherwise than with 0, or not in time.</exception>
    public static void Run(string what, string command, ContainerId id, string name, byte[] state)
    {
        var program = new HostProgram(
            Shell, ["sh", "-c", command], [$"PATH={SearchPath}", "HOME=/root", $"MINIDOCK_CONTAINER_ID={id.Value}", $"MINIDOCK_CONTAINER_NAME={name}"])
        {
            Input = state,
            MostMilliseconds = MostMilliseconds,
            KeptBytes = ShownBytes,
            JoinsOutputs = true,
        };
        HostProgramEnd end;
        try
        {
            end = program.Run();
        }
        catch (LinuxException e) when (e.Operation == "execute")
        {
            throw new EngineException($"{Shell}: {ErrnoText.Name(e.Errno)} ({ErrnoText.Text(e.Errno)})", "hooks are run by the host's shell");
        }

        if (!end.InTime || end.Status.ShellExitCode != 0)
        {
            var reason = end.InTime ? $"exit code {end.Status.ShellExitCode}" : $"ETIMEDOUT (not done after {MostMilliseconds / 1000} s)";
            var written = HostProgramEnd.Shown(end.Output);
            throw new EngineException($"{what} '{command}': {reason}{(written.Length == 0 ? "" : $"; it wrote:\n{written}")}");
        }
    }
}
