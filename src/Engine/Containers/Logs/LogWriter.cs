using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Logs;

/// <summary>Writes a container's output as docker's json-file lines, <c>{"log":"…\n","stream":"stdout","time":"…"}</c>, in files that are rotated and capped.</summary>
/// <remarks>A failure to write loses the line, never the container: its output is drained all the same, and the first loss is told once.</remarks>
public sealed class LogWriter : IDisposable
{
    /// <summary>Longer lines are split, as docker does: memory stays bounded whatever the container writes.</summary>
    private const int MaxLineBytes = 16 * 1024;

    private readonly string _path;
    private readonly LogSpec _spec;
    private readonly Action<string> _warn;
    private readonly LogLine[] _lines = [new("stdout"), new("stderr")];
    private SafeFileHandle? _file;
    private long _size;
    private bool _warned;

    /// <summary>Continues the log at a path.</summary>
    public LogWriter(string path, LogSpec spec, Action<string> warn) => (_path, _spec, _warn) = (path, spec, warn);

    /// <summary>Takes output as it came: whole lines are written, a rest is kept for what follows.</summary>
    public void Write(LogStream stream, ReadOnlySpan<byte> output)
    {
        var line = _lines[(int)stream];
        while (!output.IsEmpty)
        {
            var end = output.IndexOf((byte)'\n');
            var take = Math.Min(end < 0 ? output.Length : end + 1, MaxLineBytes - line.Length);
            line.Append(output[..take]);
            output = output[take..];
            if (line.IsWhole || line.Length == MaxLineBytes)
            {
                Flush(line);
            }
        }
    }

    /// <summary>Writes what is left of unfinished lines: the streams have ended.</summary>
    public void Flush()
    {
        foreach (var line in _lines)
        {
            if (line.Length > 0)
            {
                Flush(line);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _file?.Dispose();
    }

    private void Flush(LogLine line)
    {
        var record = line.Take(DateTimeOffset.UtcNow);
        try
        {
            Append(record);
        }
        catch (IOException e)
        {
            if (!_warned)
            {
                _warned = true;
                _warn($"log {_path}: {e.Message}");
            }
        }
    }

    private void Append(ReadOnlySpan<byte> record)
    {
        if (_file is null)
        {
            _file = Files.Open(_path, OpenFlags.WriteOnly | OpenFlags.Create, 0x1A0);
            _size = RandomAccess.GetLength(_file);
        }

        if (_size > 0 && _size + record.Length > _spec.MaxSizeBytes)
        {
            Rotate();
        }

        RandomAccess.Write(_file!, record, _size);
        _size += record.Length;
    }

    private void Rotate()
    {
        _file!.Dispose();
        _file = null;
        if (_spec.MaxFiles <= 1)
        {
            File.Delete(_path);
        }

        for (var n = _spec.MaxFiles - 1; n >= 1; n--)
        {
            var older = n == 1 ? _path : Numbered(n - 1);
            if (File.Exists(older))
            {
                File.Move(older, Numbered(n), overwrite: true);
            }
        }

        _file = Files.Open(_path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x1A0);
        _size = 0;
    }

    private string Numbered(int n) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{n}");
}
