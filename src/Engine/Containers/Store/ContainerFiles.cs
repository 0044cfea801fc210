using System.Buffers;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Json;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <summary>The files of a container's persistent directory, each replaced as a whole.</summary>
internal sealed class ContainerFiles(EnginePaths paths)
{
    public ContainerSpec? ReadSpec(ContainerId id) => Read(Path.Combine(paths.StateDirectory(id), "spec.json"), SpecReader.Read);

    public ContainerState ReadState(ContainerId id) =>
        Read(Path.Combine(paths.StateDirectory(id), "state.json"), StateReader.Read) ?? new ContainerState();

    public HealthState? ReadHealth(ContainerId id) => Read(Path.Combine(paths.StateDirectory(id), "health.json"), HealthReader.Read);

    public void WriteHealth(ContainerId id, HealthState health) =>
        Write(Path.Combine(paths.StateDirectory(id), "health.json"), HealthWriter.Write, health, durable: false);

    /// <param name="spec">What to write.</param>
    /// <param name="durable">Whether it must outlast a power cut: not so for a container that a reboot removes.</param>
    public void WriteSpec(ContainerSpec spec, bool durable) =>
        Write(Path.Combine(paths.StateDirectory(spec.Id), "spec.json"), SpecWriter.Write, spec, durable);

    public void WriteState(ContainerId id, ContainerState state) =>
        Write(Path.Combine(paths.StateDirectory(id), "state.json"), StateWriter.Write, state, durable: false);

    private static T? Read<T>(string path, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Write<T>(string path, Action<Utf8JsonWriter, T> write, T value, bool durable)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(text, QuickJson.Options))
        {
            write(json, value);
        }

        var temporary = path + ".new";
        using (var file = Files.Open(temporary, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180))
        {
            RandomAccess.Write(file, text.WrittenSpan, 0);
            if (durable)
            {
                Files.Fdatasync(file);
            }
        }

        Files.RenameAt2(null, temporary, null, path, default);
    }
}
