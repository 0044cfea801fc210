using System.Runtime.InteropServices;
using MiniDock.Linux.Child;

/// <summary>One child: half of them wait for their parent, and all execute a shell that ends with a given status.</summary>
internal static unsafe partial class OneChild
{
    public static int Run(int status)
    {
        var builder = new ChildProgramBuilder();
        builder.BeginStep(1);
        if (status % 2 == 0)
        {
            builder.WaitForParent();
        }

        builder.BeginStep(2);
        builder.Execute(["/nowhere/sh", "/bin/busybox"], ["sh", "-c", $"exit {status}"], ["A=1"]);
        using ChildProgram program = builder.Build();
        using StartedChild child = ChildProcess.Start(program, new CloneOptions());
        if (status % 2 == 0)
        {
            child.Proceed();
        }

        ChildFailure? failure = child.ReadOutcome();
        int* waited = stackalloc int[32];
        int result;
        do
        {
            result = waitid(3, (uint)child.PidFd.DangerousGetHandle(), waited, 4);
        }
        while (result != 0 && Marshal.GetLastSystemError() == 4);

        // siginfo_t: si_code at 8, si_status at 24.
        return failure is not null ? -failure.Step * 1000 - (int)failure.Errno : result != 0 ? -1 : waited[2] == 1 ? waited[6] : -2;
    }

    [LibraryImport("libc")]
    private static partial int waitid(int type, uint id, void* info, int options);
}
