using System.Diagnostics;
using System.Globalization;

namespace MiniDock.Engine.Run.Journal;

/// <summary>Kills the engine after its N-th journal record when <c>MINIDOCK_FAULT_AT_RECORD=N</c> asks for it: how the crash tests reach every instant
/// between two records.</summary>
internal static class FaultPoint
{
    private static readonly int Record =
        int.TryParse(Environment.GetEnvironmentVariable("MINIDOCK_FAULT_AT_RECORD"), CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static int _written;

    public static void Reached()
    {
        if (Record > 0 && ++_written == Record)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
