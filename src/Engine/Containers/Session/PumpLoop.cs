using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Turns pumps until a process has ended or its user has left, then carries what it left.</summary>
internal static class PumpLoop
{
    /// <summary>Runs to the end of the process.</summary>
    /// <param name="pidFd">The process; it is not reaped.</param>
    /// <param name="input">The pump towards the process, or null.</param>
    /// <param name="hasLeft">Says that the user has left; or null.</param>
    /// <param name="outputs">The pumps from it.</param>
    public static void Run(SafeFileHandle pidFd, BytePump? input, Func<bool>? hasLeft, params BytePump[] outputs)
    {
        BytePump[] pumps = input is null ? outputs : [input, .. outputs];
        var items = new PollItem[pumps.Length + 1];
        while (true)
        {
            items[0] = new PollItem(pidFd, PollEvents.Read);
            for (var i = 0; i < pumps.Length; i++)
            {
                items[i + 1] = pumps[i].Item;
            }

            Polling.Poll(items, -1);
            for (var i = 0; i < pumps.Length; i++)
            {
                if (items[i + 1].File is not null && items[i + 1].Happened != PollEvents.None)
                {
                    pumps[i].Step();
                }
            }

            if (hasLeft?.Invoke() == true)
            {
                return;
            }

            if (items[0].Happened != PollEvents.None)
            {
                break;
            }
        }

        foreach (var output in outputs)
        {
            Drain(output);
        }
    }

    // What the container wrote before its end is in the pipe or terminal by now. A process that outlives it (--pid host) keeps the
    // other end open: then an empty one is the end.
    private static void Drain(BytePump output)
    {
        while (!output.IsDone)
        {
            var item = output.Item;
            if (!Polling.WaitFor(item.File!, item.Wanted, item.Wanted == PollEvents.Read ? 0 : -1))
            {
                break;
            }

            output.Step();
        }

    }
}
