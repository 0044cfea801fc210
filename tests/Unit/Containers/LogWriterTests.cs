using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Tests.Unit.Run;

namespace MiniDock.Tests.Unit.Containers;

public sealed class LogWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string LogFile => Path.Combine(_directory.Path, "x-json.log");

    [Fact]
    public void Output_becomes_docker_lines_whatever_pieces_it_comes_in()
    {
        Write(new LogSpec(), log =>
        {
            log.Write(LogStream.Stdout, "one\ntw"u8);
            log.Write(LogStream.Stderr, "bad\n"u8);
            log.Write(LogStream.Stdout, "o\n"u8);
        });

        var lines = Read(LogFile);
        Assert.Equal([("one\n", "stdout"), ("bad\n", "stderr"), ("two\n", "stdout")], lines.Select(l => (l.Log, l.Stream)));
        Assert.All(lines, l => Assert.True(DateTimeOffset.UtcNow - l.Time < TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void An_unfinished_line_is_written_at_the_end()
    {
        Write(new LogSpec(), log => log.Write(LogStream.Stdout, "no line feed"u8));

        Assert.Equal("no line feed", Assert.Single(Read(LogFile)).Log);
    }

    [Fact]
    public void A_long_line_is_split_and_loses_nothing()
    {
        var text = new string('x', 40_000) + "\n";
        Write(new LogSpec(), log => log.Write(LogStream.Stdout, Encoding.UTF8.GetBytes(text)));

        Assert.Equal(text, string.Concat(Read(LogFile).Select(l => l.Log)));
    }

    [Fact]
    public void The_files_stay_below_their_cap_and_keep_the_newest()
    {
        Write(new LogSpec(MaxSizeBytes: 2000, MaxFiles: 3), log =>
        {
            for (var i = 0; i < 500; i++)
            {
                log.Write(LogStream.Stdout, Encoding.UTF8.GetBytes($"line {i}\n"));
            }
        });

        var files = Directory.GetFiles(_directory.Path);
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.True(new FileInfo(f).Length <= 2000));
        Assert.Equal("line 499\n", Read(LogFile)[^1].Log);
    }

    [Fact]
    public void A_log_is_continued_by_the_next_run()
    {
        Write(new LogSpec(), log => log.Write(LogStream.Stdout, "first\n"u8));
        Write(new LogSpec(), log => log.Write(LogStream.Stdout, "second\n"u8));

        Assert.Equal(["first\n", "second\n"], Read(LogFile).Select(l => l.Log));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_once_and_stops_nothing()
    {
        var told = new List<string>();
        using (var log = new LogWriter(Path.Combine(_directory.Path, "missing", "x.log"), new LogSpec(), told.Add))
        {
            log.Write(LogStream.Stdout, "a\nb\nc\n"u8);
        }

        Assert.Contains("ENOENT", Assert.Single(told));
    }

    public void Dispose() => _directory.Dispose();

    private void Write(LogSpec spec, Action<LogWriter> write)
    {
        using var log = new LogWriter(LogFile, spec, Assert.Fail);
        write(log);
    }

    private static List<(string Log, string Stream, DateTimeOffset Time)> Read(string path) =>
        [.. File.ReadLines(path).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return (root.GetProperty("log").GetString()!, root.GetProperty("stream").GetString()!, root.GetProperty("time").GetDateTimeOffset());
        })];
}
