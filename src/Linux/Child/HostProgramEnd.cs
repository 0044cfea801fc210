using System.Text;

namespace MiniDock.Linux.Child;

/// <summary>How a program of the host has ended.</summary>
/// <param name="Status">Its end.</param>
/// <param name="InTime">False: it was killed because it took too long.</param>
/// <param name="Output">The end of what it wrote to standard output.</param>
/// <param name="Errors">The end of what it wrote to standard error; empty where that was joined with the other.</param>
public sealed record HostProgramEnd(WaitStatus Status, bool InTime, byte[] Output, byte[] Errors)
{
    /// <summary>What it wrote as text for people: no control character but the line's end, nothing behind the last line.</summary>
    public static string Shown(byte[] written) =>
        string.Concat(Encoding.UTF8.GetString(written).TrimEnd().Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));
}
