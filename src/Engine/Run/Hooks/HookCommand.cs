using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
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
        var (input, toInput) = Pipes.Create();
        var (fromOutput, output) = Pipes.Create();
        StartedChild child;
        using (input)
        using (output)
        {
            child = Start(command, id, name, input, output);
        }

        using (child)
        using (toInput)
        using (fromOutput)
        {
            Files.SetNonBlocking(toInput, true);
            Files.SetNonBlocking(fromOutput, true);
            var written = new List<byte>();
            var inTime = Carry(child.PidFd, toInput, state, fromOutput, written);
            if (!inTime)
            {
                Processes.TryKill(-child.Pid, Signal.SIGKILL);
            }

            var status = Processes.WaitId(child.PidFd)!.Value;
            if (!inTime || status.ShellExitCode != 0)
            {
                var reason = inTime ? $"exit code {status.ShellExitCode}" : $"ETIMEDOUT (not done after {MostMilliseconds / 1000} s)";
                throw new EngineException($"{what} '{command}': {reason}{Shown(written)}");
            }
        }
    }

    private static StartedChild Start(string command, ContainerId id, string name, SafeFileHandle input, SafeFileHandle output)
    {
        const string shell = "/bin/sh";
        var builder = new ChildProgramBuilder();
        builder.NewSession();
        builder.SetStandardStream(0, builder.Inherit(input));
        builder.SetStandardStream(1, builder.Inherit(output));
        builder.SetStandardStream(2, builder.Inherit(output));
        builder.ChangeDirectory("/");
        builder.EndWithParent();
        builder.Execute([shell], ["sh", "-c", command], [$"PATH={SearchPath}", "HOME=/root", $"MINIDOCK_CONTAINER_ID={id.Value}", $"MINIDOCK_CONTAINER_NAME={name}"]);
        using var program = builder.Build();
        var child = ChildProcess.Start(program, new CloneOptions());
        if (child.ReadOutcome() is { } failure)
        {
            child.Dispose();
            throw new EngineException($"{shell}: {ErrnoText.Name(failure.Errno)} ({ErrnoText.Text(failure.Errno)})", "hooks are run by the host's shell");
        }

        return child;
    }

    /// <returns>False when the time was over.</returns>
    private static bool Carry(SafeFileHandle pidFd, SafeFileHandle toInput, byte[] state, SafeFileHandle fromOutput, List<byte> written)
    {
        var deadline = Environment.TickCount64 + MostMilliseconds;
        var sent = 0;
        var isOutputOpen = true;
        var items = new PollItem[3];
        while (true)
        {
            items[0] = new PollItem(pidFd, PollEvents.Read);
            items[1] = isOutputOpen ? new PollItem(fromOutput, PollEvents.Read) : default;
            items[2] = toInput.IsClosed ? default : new PollItem(toInput, PollEvents.Write);
            if (Polling.Poll(items, (int)Math.Max(0, deadline - Environment.TickCount64)) == 0)
            {
                return false;
            }

            if (items[2].File is not null && items[2].Happened != PollEvents.None)
            {
                // A hook that does not read its state loses it.
                var error = Files.TryWrite(toInput, state.AsSpan(sent), out var count);
                sent += count;
                if (error is not (Errno.Success or Errno.EAGAIN) || sent == state.Length)
                {
                    toInput.Dispose();
                }
            }

            var hasEnded = items[0].Happened != PollEvents.None;
            isOutputOpen = isOutputOpen && Drain(fromOutput, written);
            if (hasEnded)
            {
                return true;
            }
        }
    }

    /// <returns>Whether more may come.</returns>
    private static bool Drain(SafeFileHandle file, List<byte> written)
    {
        Span<byte> buffer = stackalloc byte[ShownBytes];
        while (true)
        {
            var error = Files.TryRead(file, buffer, out var count);
            if (error == Errno.EAGAIN)
            {
                return true;
            }

            if (error != Errno.Success || count == 0)
            {
                return false;
            }

            written.AddRange(buffer[..count]);
            written.RemoveRange(0, Math.Max(0, written.Count - ShownBytes));
        }
    }

    private static string Shown(List<byte> written)
    {
        var text = string.Concat(Encoding.UTF8.GetString([.. written]).TrimEnd().Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));
        return text.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; it wrote:\n{text}");
    }
}
