using System.Buffers;
using System.Reflection;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Json;
using Xunit;

namespace MiniDock.Tests.Unit.Containers;

/// <summary>The readers of the store read every member that its writers write.</summary>
public sealed class StoredJsonTests
{
    [Fact]
    public void A_specification_with_every_member_set_is_read_as_it_was_written() => ComesBack((ContainerSpec)Filled(typeof(ContainerSpec)), SpecWriter.Write, SpecReader.Read);

    [Fact]
    public void A_specification_with_nothing_but_what_it_must_have_is_read_as_it_was_written() => ComesBack(
        new ContainerSpec
        {
            Id = ContainerId.New(),
            Name = "bare",
            Created = DateTimeOffset.UnixEpoch,
            Image = new ImageSelection("busybox", Digest.FromHash(new byte[32]), []),
            Process = new ProcessSpec { Arguments = [] },
        },
        SpecWriter.Write,
        SpecReader.Read);

    [Fact]
    public void A_specification_without_a_pids_limit_keeps_none()
    {
        var limits = new ResourceLimits { PidsLimit = null };
        Assert.Null(LimitsJson.Parse(LimitsJson.ToText(limits)).PidsLimit);
    }

    [Fact]
    public void A_state_with_every_member_set_is_read_as_it_was_written() => ComesBack((ContainerState)Filled(typeof(ContainerState)), StateWriter.Write, StateReader.Read);

    [Fact]
    public void A_state_of_a_container_that_never_ran_is_read_as_it_was_written() => ComesBack(new ContainerState(), StateWriter.Write, StateReader.Read);

    [Fact]
    public void A_health_with_every_member_set_is_read_as_it_was_written() => ComesBack((HealthState)Filled(typeof(HealthState)), HealthWriter.Write, HealthReader.Read);

    [Fact]
    public void Text_that_is_no_text_is_written_as_json_that_can_be_read()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, QuickJson.Options))
        {
            json.WriteStringValue("\"a\\b\"\n\u0001 é 😀 \ud83d!");
        }

        Assert.Equal("\"a\\b\"\n\u0001 é 😀 \ufffd!", JsonSerializer.Deserialize<string>(buffer.WrittenSpan));
    }

    /// <summary>What is read back is what was written, as a serializer that looks at every member by reflection sees both.</summary>
    private static void ComesBack<T>(T value, Action<Utf8JsonWriter, T> write, Func<JsonElement, T> read)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, QuickJson.Options))
        {
            write(json, value);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        Assert.Equal(Everything(value), Everything(read(document.RootElement)));
    }

    private static string Everything<T>(T value) => JsonSerializer.Serialize(value, new JsonSerializerOptions { WriteIndented = true });

    /// <summary>A value of a type in which no member has its default: a member that a writer forgets is seen.</summary>
    private static object Filled(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(1)!;
        }

        if (type.IsGenericType)
        {
            var parts = type.GetGenericArguments();
            if (parts.Length == 2)
            {
                return new Dictionary<string, string> { ["a \"key\" é"] = "a value" };
            }

            var list = Array.CreateInstance(parts[0], 2);
            list.SetValue(Filled(parts[0]), 0);
            list.SetValue(Filled(parts[0]), 1);
            return list;
        }

        return type switch
        {
            _ when type == typeof(string) => "text with \"quotes\", <angles>, é and \u0001",
            _ when type == typeof(bool) => true,
            _ when type == typeof(char) => 'c',
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 28, 1, 2, 3, 456, TimeSpan.Zero),
            _ when type == typeof(ContainerId) => ContainerId.New(),
            _ when type == typeof(Digest) => Digest.FromHash(Enumerable.Repeat((byte)7, 32).ToArray()),
            _ when type.IsPrimitive => Convert.ChangeType(41, type, null),
            _ => Record(type),
        };
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var value = constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            property.SetValue(value, Filled(property.PropertyType));
        }

        return value;
    }
}
