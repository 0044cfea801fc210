using System.Diagnostics;
using System.Globalization;
using MiniDock.Engine.Images.Import;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Images;

/// <summary>Shows on one line of a terminal how far an import is.</summary>
internal sealed class ImportProgressBar : IDisposable
{
    private const int Width = 30;
    private const int RedrawMilliseconds = 100;
    private const string EraseLine = "\r\u001b[K";

    private readonly TextWriter _output;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _nextRedraw;
    private bool _isDrawn;

    private ImportProgressBar(TextWriter output) => _output = output;

    /// <summary>A bar, or null where standard error is no terminal.</summary>
    public static ImportProgressBar? Open(TextWriter output)
    {
        using var error = Files.Borrow(2);
        return Terminals.IsATty(error) ? new ImportProgressBar(output) : null;
    }

    /// <summary>Redraws, not more often than an eye can follow.</summary>
    public void Show(ImportProgress progress)
    {
        var now = _clock.ElapsedMilliseconds;
        if (now < _nextRedraw)
        {
            return;
        }

        _nextRedraw = now + RedrawMilliseconds;
        _isDrawn = true;
        _output.Write(EraseLine + Line(progress));
    }

    /// <summary>The line for a state of things.</summary>
    public static string Line(ImportProgress progress)
    {
        var unpacked = string.Create(CultureInfo.InvariantCulture, $"{progress.UnpackedBytes / 1e6:0.0} MB");
        if (progress.TotalBytes is not > 0)
        {
            return $"importing {unpacked}";
        }

        var share = Math.Clamp((double)progress.SourceBytes / progress.TotalBytes.Value, 0, 1);
        var full = (int)(share * Width);
        return string.Create(CultureInfo.InvariantCulture, $"importing [{new string('=', full)}{new string(' ', Width - full)}] {share * 100,3:0} % {unpacked}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDrawn)
        {
            _output.Write(EraseLine);
        }
    }
}
