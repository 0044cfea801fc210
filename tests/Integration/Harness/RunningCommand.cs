using System.Diagnostics;
using System.Text;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>A command that was started. Disposing it kills it with all its descendants, if it still runs.</summary>
public sealed class RunningCommand : IDisposable
{
    /// <summary>How long a command may take before the test fails: long enough for a loaded machine.</summary>
    public static readonly TimeSpan DefaultTimeOut = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _stdout = new();
    private readonly StringBuilder _stderr = new();
    private readonly Task _readers;
    private readonly string _commandLine;

    private RunningCommand(Process process, string commandLine)
    {
        _process = process;
        _commandLine = commandLine;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput, _stdout), ReadAsync(process.StandardError, _stderr));
    }

    /// <summary>Process id of the command itself.</summary>
    public int Pid => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard output until now.</summary>
    public string Stdout => Copy(_stdout);

    /// <summary>What it has written to standard error until now.</summary>
    public string Stderr => Copy(_stderr);

    /// <summary>Starts a program.</summary>
    /// <param name="program">Path, or a name that PATH finds.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stdin">What it reads: null for end of file at once; <see cref="KeepOpen"/> to write later.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="workingDirectory">Where it starts.</param>
    public static RunningCommand Start(
        string program,
        IEnumerable<string> arguments,
        string? stdin = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "/",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var running = new RunningCommand(Process.Start(start)!, string.Join(' ', [program, .. arguments]));
        if (!ReferenceEquals(stdin, KeepOpen))
        {
            running.Write(stdin ?? "");
            running.CloseStdin();
        }

        return running;
    }

    /// <summary>As standard input of <see cref="Start"/>: stays open until <see cref="CloseStdin"/>.</summary>
    public static string KeepOpen { get; } = new('\0', 1);

    /// <summary>Writes to its standard input; nothing happens if nobody reads any more.</summary>
    public void Write(string text)
    {
        try
        {
            _process.StandardInput.Write(text);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseStdin()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Sends it a signal, for instance <c>TERM</c>.</summary>
    public void Signal(string name) => HostCommand.Run("kill", "-s", name, $"{Pid}").ShouldSucceed();

    /// <summary>Waits until its standard output holds this text.</summary>
    public void WaitForOutput(string text) => WaitUntil(() => Stdout.Contains(text, StringComparison.Ordinal), $"output '{text}'");

    /// <summary>Waits until its standard error holds this text.</summary>
    public void WaitForError(string text) => WaitUntil(() => Stderr.Contains(text, StringComparison.Ordinal), $"error output '{text}'");

    /// <summary>Waits until it ends; a test whose command takes longer fails, and the command is killed.</summary>
    public Outcome Wait(TimeSpan? timeOut = null)
    {
        // The readers end later than the process where a descendant holds the pipe: that is a leak, so it is waited for too.
        var limit = timeOut ?? DefaultTimeOut;
        var ended = Task.WhenAll(_process.WaitForExitAsync(), _readers).Wait(limit);
        if (!ended)
        {
            var what = _process.HasExited ? "ended, but something still holds its output open" : "did not end";
            KillTree();
            Assert.Fail($"the command {what} within {limit.TotalSeconds} s\n{Result(-1)}");
        }

        return Result(_process.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        KillTree();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (into)
            {
                into.Append(buffer, 0, count);
            }
        }
    }

    private static string Copy(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }

    private void WaitUntil(Func<bool> condition, string what)
    {
        if (!Eventually.Holds(() => condition() || (_process.HasExited && _readers.IsCompleted), DefaultTimeOut) || !condition())
        {
            var state = _process.HasExited ? $"it ended with {_process.ExitCode}" : "it still runs";
            Assert.Fail($"the command never gave the {what}; {state}\n{Result(_process.HasExited ? _process.ExitCode : -1)}");
        }
    }

    private Outcome Result(int exitCode) => new(_commandLine, exitCode, Stdout, Stderr);

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(10_000);
        }
        catch (InvalidOperationException)
        {
            // It had ended already.
        }
    }
}
