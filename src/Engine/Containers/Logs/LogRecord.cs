namespace MiniDock.Engine.Containers.Logs;

/// <summary>A line of a container's log.</summary>
/// <param name="Text">What was written, its line feed included where there was one.</param>
/// <param name="Stream">Where to.</param>
/// <param name="Time">When, UTC.</param>
public readonly record struct LogRecord(string Text, LogStream Stream, DateTimeOffset Time);
