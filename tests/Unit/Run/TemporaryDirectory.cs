namespace MiniDock.Tests.Unit.Run;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("minidock-unit-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
