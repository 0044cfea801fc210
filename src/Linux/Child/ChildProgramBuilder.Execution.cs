using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

// Execution: terminal, standard streams, working directory, init, exec.
public sealed partial class ChildProgramBuilder
{
    /// <summary>
    /// Gives a standard stream that is a pipe or the child's own terminal to its user, who may want to open /dev/stdout. Anything else,
    /// such as /dev/null, is not the child's.
    /// </summary>
    public void GiveStandardStream(int stream, Operand user, bool ownTerminal)
    {
        ChildLabel give = NewLabel();
        ChildLabel done = NewLabel();
        if (!ownTerminal)
        {
            Call(SystemCalls.Statx, stream, Text(""), Constants.AtEmptyPath, 0x1, Scratch);
            Operand type = NewSlot();
            Add(ChildOperation.Load32, 0, type, null, 0, Scratch.Plus(StatxBuffer.ModeOffset), TypeMask);
            Jump(give, type, (uint)FileKind.Fifo);
            Jump(done);
        }

        Mark(give);
        TryCall(null, null, [], SystemCalls.Fchown, stream, user, -1);
        Mark(done);
    }

    /// <summary>Makes <paramref name="descriptor"/> the standard stream <paramref name="stream"/> (0 to 2).</summary>
    public void SetStandardStream(int stream, Operand descriptor) => Call(SystemCalls.Dup2, descriptor, stream);

    /// <summary>Makes a terminal the controlling one of the session that the child leads, ioctl_tty(2).</summary>
    public void SetControllingTerminal(Operand slave) => Call(SystemCalls.Ioctl, slave, (long)Constants.IoctlSetControllingTerminal, 0);

    /// <summary>Goes to a directory by its path.</summary>
    public void ChangeDirectory(string path) => Call(SystemCalls.Chdir, Text(path));

    /// <summary>Goes to a directory of the container, making it where it is missing. A link into /proc/self/fd is refused with ELOOP.</summary>
    public void ChangeDirectory(Operand root, string path)
    {
        Operand place = OpenOrCreateInRoot(root, path, directory: true);
        Call(SystemCalls.Fchdir, place);
        Close(place);
    }

    /// <summary>Goes to a directory of the container that must exist. A link into /proc/self/fd is refused with ELOOP.</summary>
    public void EnterDirectory(Operand root, string path)
    {
        Operand place = OpenInRoot(root, path, OpenFlags.Path | OpenFlags.Directory);
        Call(SystemCalls.Fchdir, place);
        Close(place);
    }

    /// <summary>
    /// Becomes process 1 of the container: starts the rest of the program as its child, passes every signal on to it, reaps
    /// all that is orphaned, and ends as the child does. No program is executed for it, so none has to be in the image.
    /// </summary>
    public void BecomeInit(bool terminal)
    {
        const int sigChild = (int)Signal.SIGCHLD;
        ChildLabel started = NewLabel();
        ChildLabel wait = NewLabel();
        ChildLabel reap = NewLabel();
        Operand child = CallForResult(SystemCalls.Clone, sigChild, 0, 0, 0, 0);
        Jump(started, child, 0);

        // What is left of this process is a copy of the engine: nobody inside may look into it.
        ForbidTracing();
        HideCommandLine();
        Call(SystemCalls.CloseRange, 3, uint.MaxValue, 0);
        Operand everySignal = Bytes(MemoryMarshal.AsBytes<ulong>([ulong.MaxValue]));
        Operand signal = NewSlot();
        Operand reaped = NewSlot();
        Operand status = NewSlot();
        Operand statusPlace = Reserve(8);
        Mark(wait);
        TryCall(wait, signal, [], SystemCalls.RtSigtimedwait, everySignal, 0, 0, 8);
        Jump(reap, signal, sigChild);
        TryCall(wait, null, [], SystemCalls.Kill, child, signal);
        Jump(wait);
        Mark(reap);
        TryCall(wait, reaped, [], SystemCalls.Wait4, -1, statusPlace, Constants.WaitNoHang, 0);
        Jump(wait, reaped, 0);
        ChildLabel ended = NewLabel();
        Jump(ended, reaped, child);
        Jump(reap);
        Mark(ended);
        Add(ChildOperation.Load32, 0, status, null, 0, statusPlace, uint.MaxValue);
        Add(ChildOperation.ExitLikeWaitStatus, 0, null, null, 0, status);

        Mark(started);
        Call(SystemCalls.Setpgid, 0, 0);
        if (terminal)
        {
            Operand ownGroup = Reserve(4);
            Operand self = CallForResult(SystemCalls.Getpid);
            Add(ChildOperation.Store32, 0, null, null, 0, ownGroup, self);
            TryCall(null, null, [], SystemCalls.Ioctl, 0, (long)Constants.IoctlSetForegroundGroup, ownGroup);
        }
    }

    /// <summary>Takes the engine's name and arguments out of the copy's memory: ps inside reads them there.</summary>
    private void HideCommandLine()
    {
        const int setName = 15;
        Call(SystemCalls.Prctl, setName, Text("init"), 0, 0, 0);
        (long start, long end) = ProcessMemory.CommandLine();
        if (end > start)
        {
            Add(ChildOperation.Clear, 0, null, null, 0, start, end - start);
        }
    }

    /// <summary>
    /// Executes the first of <paramref name="candidates"/> that exists, as execvp(3): the step fails with ENOENT if none
    /// does, with EACCES if one did but may not be executed.
    /// </summary>
    /// <remarks>
    /// Neither a candidate nor the interpreter that a script names may lead over a magic link of /proc (ELOOP): /proc/self/exe
    /// is the engine's own binary at this moment, and executing it would hand it to the container. The last variable is one
    /// that lies in the data already, such as a value received.
    /// </remarks>
    public void Execute(IReadOnlyList<string> candidates, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, Operand? lastVariable = null)
    {
        Operand argv = Pointers([.. arguments.Select(Text)]);
        Operand envp = Pointers([.. environment.Select(Text), .. lastVariable is { } variable ? [variable] : Array.Empty<Operand>()]);
        Operand denied = NewSlot();
        ChildLabel notAllowed = NewLabel();
        Call(SystemCalls.RtSigprocmask, Constants.SigSetMask, Reserve(8), 0, 8);
        foreach (string candidate in candidates)
        {
            ChildLabel next = NewLabel();
            ChildLabel refused = NewLabel();
            ChildLabel tried = NewLabel();
            Operand error = NewSlot();
            RefuseMagicLinks(Text(candidate));
            TryCall(tried, error, [Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES], SystemCalls.Execve, Text(candidate), argv, envp);
            Mark(tried);
            Jump(refused, error, -(int)Errno.EACCES);
            Jump(next);
            Mark(refused);
            Set(denied, 1);
            Mark(next);
        }

        Jump(notAllowed, denied, 1);
        Fail(Errno.ENOENT);
        Mark(notAllowed);
        Fail(Errno.EACCES);
    }

    /// <summary>Makes <paramref name="descriptor"/> the descriptor <paramref name="number"/> of the program that is executed.</summary>
    /// <remarks>No descriptor that is still needed may have that number: neither an inherited one nor the control socket.</remarks>
    public void SetDescriptor(int number, Operand descriptor) => Call(SystemCalls.Dup2, descriptor, number);

    /// <summary>Executes an open file, execveat(2) with AT_EMPTY_PATH (Linux 3.19): the very file that was looked at.</summary>
    /// <remarks>The interpreter of a script opens it once more as /dev/fd/N, so a script's descriptor must stay open across the execution.</remarks>
    public void Execute(Operand file, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        Call(SystemCalls.RtSigprocmask, Constants.SigSetMask, Reserve(8), 0, 8);
        Call(SystemCalls.Execveat, file, Text(""), Pointers([.. arguments.Select(Text)]), Pointers([.. environment.Select(Text)]), Constants.AtEmptyPath);
    }

    private void RefuseMagicLinks(Operand path)
    {
        // The kernel follows interpreters of interpreters so many times, execve(2).
        const int scriptDepth = 5;
        Operand how = How(OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal, 0, ResolveFlags.NoMagicLinks);
        Operand file = NewSlot();
        Operand length = NewSlot();
        ChildLabel harmless = NewLabel();
        for (int depth = 0; depth < scriptDepth; depth++)
        {
            // What cannot be opened is left to execve, which says why it is not executed.
            TryCall(harmless, file, [Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES, Errno.ENXIO], SystemCalls.Openat2, Constants.AtFdCwd, path, how, Unsafe.SizeOf<OpenHow>());
            TryCall(null, length, [], SystemCalls.Read, file, Scratch, 256);
            Close(file);
            path = NewSlot();
            Add(ChildOperation.ScriptInterpreter, 0, path, null, 0, Scratch, length);
            Jump(harmless, path, 0);
        }

        Fail(Errno.ELOOP);
        Mark(harmless);
    }
}
