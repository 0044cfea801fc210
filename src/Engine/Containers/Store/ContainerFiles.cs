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
    public string SpecFile(ContainerId id) => Path.Combine(paths.StateDirectory(id), "spec.json");

    public string StateFile(ContainerId id) => Path.Combine(paths.StateDirectory(id), "state.json");

    /// <summary>The specification; null where there is none, or not as it was written.</summary>
    public ContainerSpec? ReadSpec(ContainerId id) => Read(SpecFile(id), SpecReader.Read, CheckedJson.IsWhole);

    public ContainerState ReadState(ContainerId id) =>
        Read(StateFile(id), StateReader.Read) ?? new ContainerState();

    public bool CanReadState(ContainerId id) => Read(StateFile(id), StateReader.Read) is not null;

    public HealthState? ReadHealth(ContainerId id) => Read(Path.Combine(paths.StateDirectory(id), "health.json"), HealthReader.Read);

    public void WriteHealth(ContainerId id, HealthState health) =>
        Write(Path.Combine(paths.StateDirectory(id), "health.json"), HealthWriter.Write, health, durable: false);

    /// <param name="spec">What to write.</param>
    /// <param name="durable">Whether it must outlast a power cut: not so for a container that a reboot removes.</param>
    public void WriteSpec(ContainerSpec spec, bool durable) =>
        Write(SpecFile(spec.Id), SpecWriter.Write, spec, durable, isChecked: true);

    public void WriteState(ContainerId id, ContainerState state) =>
        Write(StateFile(id), StateWriter.Write, state, durable: false);

    private static T? Read<T>(string path, Func<JsonElement, T> read, Func<ReadOnlySpan<byte>, bool>? isWhole = null)
        where T : class
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (isWhole?.Invoke(bytes) == false)
            {
                return null;
            }

            using var document = JsonDocument.Parse(bytes);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Write<T>(string path, Action<Utf8JsonWriter, T> write, T value, bool durable, bool isChecked = false)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(text, QuickJson.Options))
        {
            write(json, value);
        }

        var content = isChecked ? CheckedJson.Seal(text.WrittenSpan) : text.WrittenSpan;
        var temporary = path + ".new";
        using (var file = Files.Open(temporary, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180))
        {
            RandomAccess.Write(file, content, 0);
            if (durable)
            {
                Files.Fdatasync(file);
            }
        }

        Files.RenameAt2(null, temporary, null, path, default);
    }
}
