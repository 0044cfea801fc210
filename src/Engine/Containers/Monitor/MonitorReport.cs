using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>What a monitor tells whoever started it, once: that the container runs, or why it does not.</summary>
internal static class MonitorReport
{
    private const string Started = "started";
    private const char Ready = '\u0001';

    /// <summary>The socket for attaching is there.</summary>
    public static void SendReady(SafeFileHandle pipe) => Write(pipe, Ready.ToString());

    public static void SendStarted(SafeFileHandle pipe) => Send(pipe, Started);

    public static void SendFailure(SafeFileHandle pipe, EngineException error) =>
        Send(pipe, string.Create(CultureInfo.InvariantCulture, $"{error.ExitCode}\0{error.Message}\0{error.Hint}"));

    /// <summary>Waits for the report.</summary>
    /// <param name="pipe">Where it comes.</param>
    /// <param name="attach">Called when the monitor can be attached to; it waits for that.</param>
    /// <exception cref="EngineException">The container did not start.</exception>
    public static void Receive(SafeFileHandle pipe, Action? attach)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (Files.TryRead(pipe, buffer, out var count) == Errno.Success && count > 0)
        {
            var part = buffer.AsSpan(0, count);
            if (bytes.Count == 0 && part[0] == Ready)
            {
                attach?.Invoke();
                part = part[1..];
            }

            bytes.AddRange(part);
        }

        var text = Encoding.UTF8.GetString(bytes.ToArray());
        if (text == Started)
        {
            return;
        }

        throw text.Split('\0') is [var code, var message, var hint]
            ? new EngineException(message, hint.Length == 0 ? null : hint, int.Parse(code, CultureInfo.InvariantCulture))
            : new EngineException("monitor: ended before the container started", "its last words are in the system's log of killed processes, if it was killed");
    }

    private static void Send(SafeFileHandle pipe, string text)
    {
        if (pipe.IsClosed)
        {
            // Reported already: this is a restart.
            return;
        }

        Write(pipe, text);
        pipe.Dispose();
    }

    private static void Write(SafeFileHandle pipe, string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty && Files.TryWrite(pipe, bytes, out var count) == Errno.Success)
        {
            bytes = bytes[count..];
        }
    }
}
