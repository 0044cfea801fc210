using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Cli.Output;

/// <summary>Standard output and error as plain streams: Console.Out would set up the terminal, which costs a start 2 ms and fights with
/// the raw mode of <c>run -t</c>. A reader that went away loses the text, as with every other command.</summary>
internal static class StandardStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Opens standard output, buffered.</summary>
    public static TextWriter OpenOutput() => new StreamWriter(Console.OpenStandardOutput(), Utf8, bufferSize: 8192) { NewLine = "\n" };

    /// <summary>Waits for a time, or until nobody reads standard output any more: for commands that would go on for ever.</summary>
    /// <returns>Whether somebody still may.</returns>
    public static bool WaitWhileRead(int milliseconds)
    {
        // Errors and hang-ups are told without being asked for, poll(2).
        using var output = new SafeFileHandle(1, ownsHandle: false);
        return !Polling.WaitFor(output, PollEvents.None, milliseconds);
    }

    /// <summary>Opens standard error, each line written at once.</summary>
    public static TextWriter OpenError() => new StreamWriter(Console.OpenStandardError(), Utf8, bufferSize: 1024) { AutoFlush = true, NewLine = "\n" };
}
