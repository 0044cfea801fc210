using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniDock.Tests.Abi;

/// <summary>A structure of ours, and what it and its fields are called in C.</summary>
public abstract class StructureTable
{
    private readonly string _structure;
    private readonly Dictionary<string, string> _fields;

    private protected StructureTable(string structure, string fields)
    {
        _structure = structure;
        _fields = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    public IEnumerable<string> Expressions => [.. _fields.Values.SelectMany(name => (string[])[Offset(name), Length(name)]), $"sizeof({_structure})"];

    private protected abstract Type Type { get; }

    private protected abstract int Size { get; }

    /// <summary>A line for each size or offset that differs from the headers, and for each field that nobody told the C name of.</summary>
    public IEnumerable<string> DifferencesTo(Headers headers)
    {
        if (headers[$"sizeof({_structure})"] != Size)
        {
            yield return $"{Type.Name} has {Size} bytes, {_structure} {headers[$"sizeof({_structure})"]}";
        }

        foreach (FieldInfo field in Type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (!_fields.TryGetValue(field.Name, out string? name))
            {
                yield return $"{Type.Name}.{field.Name} has no name in C";
                continue;
            }

            (long offset, long length) = ((long)Marshal.OffsetOf(Type, field.Name), Marshal.SizeOf(field.FieldType.IsPointer ? typeof(nint) : field.FieldType));
            if (headers[Offset(name)] != offset || headers[Length(name)] != length)
            {
                yield return $"{Type.Name}.{field.Name} has {length} bytes at {offset}, {_structure}.{name} {headers[Length(name)]} at {headers[Offset(name)]}";
            }
        }
    }

    public override string ToString() => Type.Name;

    private string Offset(string field) => $"offsetof({_structure}, {field})";

    private string Length(string field) => $"sizeof((({_structure} *)0)->{field})";
}

/// <inheritdoc/>
public sealed class StructureTable<T>(string structure, string fields) : StructureTable(structure, fields)
    where T : unmanaged
{
    private protected override Type Type => typeof(T);

    private protected override int Size => Unsafe.SizeOf<T>();
}
