using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

/// <summary>Starts child programs: clone3(2), Linux 5.9 for all that is used here.</summary>
public static unsafe class ChildProcess
{
    /// <summary>
    /// Creates a child in its namespaces and sets it on its program.
    /// </summary>
    /// <remarks>A parent-death signal that the program asks for comes when the calling <i>thread</i> ends: start from one that lives as long as the child may.</remarks>
    /// <exception cref="LinuxException">clone3 failed, or the pid namespace cannot be joined.</exception>
    public static StartedChild Start(ChildProgram program, CloneOptions options)
    {
        ObjectDisposedException.ThrowIf(program.IsClosed, program);
        if (program.Started)
        {
            throw new InvalidOperationException("a child program can be started once");
        }

        program.Header->SystemCall = SystemCallAddress();
        program.Header->Errno = ErrnoLocation();
        PrepareForCoreClr();

        int pidFd = -1;
        CloneArguments arguments = new()
        {
            Flags = Constants.ClonePidFd | (uint)options.Namespaces | (options.Cgroup is null ? 0 : Constants.CloneIntoCgroup),
            PidFd = (ulong)&pidFd,
            ExitSignal = (int)Signal.SIGCHLD,
            Cgroup = options.Cgroup is { } cgroup ? (ulong)cgroup.DangerousGetHandle() : 0,
        };

        // pid_namespaces(7): joining one changes only where later children are created, so it is this thread that must join, and
        // come back. That is allowed to a thread of many, costs no second process, and leaves the child our own, with a
        // pidfd from its first moment on.
        using SafeFileHandle? home = options.PidNamespace is null ? null : File.OpenHandle("/proc/thread-self/ns/pid");
        nint result = CloneAndRun(
            program.Header,
            &arguments,
            options.PidNamespace is { } joined ? (int)joined.DangerousGetHandle() : -1,
            home is null ? -1 : (int)home.DangerousGetHandle());
        program.KeepAlive();
        GC.KeepAlive(options);
        if (result < 0)
        {
            throw new LinuxException("create child process", "", (Errno)(-result), options.Namespaces.ToString());
        }

        program.Started = true;
        program.ChildEnd.Dispose();
        return new StartedChild((int)result, new SafeFileHandle(pidFd, true), program.ParentEnd);
    }

    /// <summary>The clone. It and <see cref="ChildInterpreter.Run"/> obey the rules that are written down there.</summary>
    /// <returns>The child's pid, or minus errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nint CloneAndRun(ChildProgramHeader* header, CloneArguments* arguments, int pidNamespace, int homeNamespace)
    {
        var call = (delegate*<nint, nint, nint, nint, nint, nint, nint, nint>)header->SystemCall;
        ulong all = ulong.MaxValue;
        ulong before = 0;
        nint failed = 0;
        call(SystemCalls.RtSigprocmask, Constants.SigSetMask, (nint)(&all), (nint)(&before), 8, 0, 0);
        if (pidNamespace >= 0 && call(SystemCalls.Setns, pidNamespace, (nint)NamespaceTypes.Pid, 0, 0, 0, 0) != 0)
        {
            failed = *header->Errno;
        }

        nint pid = -1;
        if (failed == 0)
        {
            pid = call(SystemCalls.Clone3, (nint)arguments, sizeof(CloneArguments), 0, 0, 0, 0);
            if (pid == 0)
            {
                ChildInterpreter.Run(header);
            }

            failed = pid < 0 ? *header->Errno : 0;
            if (pidNamespace >= 0)
            {
                call(SystemCalls.Setns, homeNamespace, (nint)NamespaceTypes.Pid, 0, 0, 0, 0);
            }
        }

        call(SystemCalls.RtSigprocmask, Constants.SigSetMask, (nint)(&before), 0, 8, 0, 0);
        return failed != 0 ? -failed : pid;
    }

    private static void* SystemCallAddress()
    {
        nint address = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "syscall");

        // The low bits of a managed function pointer may have a meaning to Native AOT.
        return (address & 7) == 0 ? (void*)address : throw new InvalidOperationException("libc's syscall is not aligned");
    }

    private static int* ErrnoLocation() =>
        ((delegate* unmanaged<int*>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "__errno_location"))();

    /// <summary>Without Native AOT the methods that run in the child must be compiled before: the compiler needs locks and other threads.</summary>
    private static void PrepareForCoreClr()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            RuntimeHelpers.PrepareMethod(((Delegate)CloneAndRun).Method.MethodHandle);
            RuntimeHelpers.PrepareMethod(((Delegate)ChildInterpreter.Run).Method.MethodHandle);
        }
    }
}
