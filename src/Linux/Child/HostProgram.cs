using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>A program of the host that is run to its end: in a session of its own, in the root directory, with nothing but what is given here.
/// It is killed when the calling thread ends.</summary>
/// <param name="Path">The file that is executed.</param>
/// <param name="Arguments">Its arguments, its own name first.</param>
/// <param name="Environment">All its variables, <c>NAME=value</c>.</param>
public sealed record HostProgram(string Path, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment)
{
    /// <summary>What it reads on its standard input. A program that does not read loses it.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>How long it may take.</summary>
    public required int MostMilliseconds { get; init; }

    /// <summary>When that is over: how long it has between SIGTERM and SIGKILL, both to all that it has started; 0: no SIGTERM.</summary>
    public int GraceMilliseconds { get; init; }

    /// <summary>Of each output stream, so much of the end is kept.</summary>
    public required int KeptBytes { get; init; }

    /// <summary>Whether standard error goes where standard output goes, in order.</summary>
    public bool JoinsOutputs { get; init; }

    /// <summary>Runs it.</summary>
    /// <exception cref="LinuxException">It could not be executed.</exception>
    public HostProgramEnd Run()
    {
        var (input, toInput) = Pipes.Create();
        var (fromOutput, output) = Pipes.Create();
        var (fromErrors, errors) = Pipes.Create();
        StartedChild child;
        using (input)
        using (output)
        using (errors)
        {
            child = Start(input, output, JoinsOutputs ? output : errors);
        }

        using (child)
        using (toInput)
        using (fromOutput)
        using (fromErrors)
        {
            Files.SetNonBlocking(toInput, true);
            var streams = new Streams(toInput, Input, new KeptOutput(fromOutput, KeptBytes), new KeptOutput(fromErrors, KeptBytes));
            var inTime = streams.Carry(child.PidFd, MostMilliseconds);
            if (!inTime)
            {
                // It is not reaped yet: its number is still its group's.
                if (GraceMilliseconds > 0)
                {
                    Processes.TryKill(-child.Pid, Signal.SIGTERM);
                    streams.Carry(child.PidFd, GraceMilliseconds);
                }

                Processes.TryKill(-child.Pid, Signal.SIGKILL);
            }

            var status = Processes.WaitId(child.PidFd)!.Value;
            return new HostProgramEnd(status, inTime, streams.Output.Bytes, streams.Errors.Bytes);
        }
    }

    private StartedChild Start(SafeFileHandle input, SafeFileHandle output, SafeFileHandle errors)
    {
        var builder = new ChildProgramBuilder();
        builder.NewSession();
        builder.SetStandardStream(0, builder.Inherit(input));
        builder.SetStandardStream(1, builder.Inherit(output));
        builder.SetStandardStream(2, builder.Inherit(errors));
        builder.ChangeDirectory("/");
        builder.EndWithParent();
        builder.Execute([Path], Arguments, Environment);
        using var program = builder.Build();
        var child = ChildProcess.Start(program, new CloneOptions());
        if (child.ReadOutcome() is { } failure)
        {
            child.Dispose();
            throw new LinuxException("execute", Path, failure.Errno);
        }

        return child;
    }

    private sealed class Streams(SafeFileHandle toInput, byte[] input, KeptOutput output, KeptOutput errors)
    {
        private readonly PollItem[] _items = new PollItem[4];
        private int _sent;

        public KeptOutput Output => output;

        public KeptOutput Errors => errors;

        /// <returns>False when the time was over.</returns>
        public bool Carry(SafeFileHandle pidFd, int milliseconds)
        {
            var deadline = System.Environment.TickCount64 + milliseconds;
            while (true)
            {
                _items[0] = new PollItem(pidFd, PollEvents.Read);
                _items[1] = output.ToPoll();
                _items[2] = errors.ToPoll();
                _items[3] = toInput.IsClosed ? default : new PollItem(toInput, PollEvents.Write);
                if (Polling.Poll(_items, (int)Math.Max(0, deadline - System.Environment.TickCount64)) == 0)
                {
                    return false;
                }

                if (_items[3].File is not null && _items[3].Happened != PollEvents.None)
                {
                    Send();
                }

                var hasEnded = _items[0].Happened != PollEvents.None;
                output.Drain();
                errors.Drain();
                if (hasEnded)
                {
                    return true;
                }
            }
        }

        private void Send()
        {
            var error = Files.TryWrite(toInput, input.AsSpan(_sent), out var count);
            _sent += count;
            if (error is not (Errno.Success or Errno.EAGAIN) || _sent == input.Length)
            {
                toInput.Dispose();
            }
        }
    }
}
