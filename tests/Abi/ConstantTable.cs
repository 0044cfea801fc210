using System.Globalization;
using System.Reflection;

namespace MiniDock.Tests.Abi;

/// <summary>A type of ours that holds constants, and what each is called in C.</summary>
public sealed class ConstantTable
{
    private readonly Type _type;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="type">An enum, or a class with constants.</param>
    /// <param name="names">A line each: our name, the C expression. Empty where both are the same.</param>
    /// <param name="ours">Members that are no constants of C.</param>
    public ConstantTable(Type type, string names, params string[] ours)
    {
        _type = type;
        foreach (string line in names.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = line.Split(' ', 2);
            _names.Add(pair[0], pair[1]);
        }

        if (_names.Count == 0)
        {
            _names = Members.ToDictionary(member => member.Name, member => member.Name);
        }

        foreach (string name in ours)
        {
            _names.Remove(name);
        }

        Unmapped = [.. Members.Select(member => member.Name).Except(_names.Keys).Except(ours)];
    }

    /// <summary>Constants that nobody told the C name of.</summary>
    public IReadOnlyList<string> Unmapped { get; }

    public IEnumerable<string> Expressions => _names.Values;

    private IEnumerable<FieldInfo> Members =>
        _type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(member => member.IsLiteral);

    /// <summary>A line for each constant that differs from the headers.</summary>
    public IEnumerable<string> DifferencesTo(Headers headers) =>
        from pair in _names
        let ours = Value(pair.Key)
        let theirs = headers[pair.Value]
        where theirs is not null && ours != theirs
        select $"{_type.Name}.{pair.Key} is {ours:x}, {pair.Value} is {theirs:x}";

    public override string ToString() => _type.Name;

    private long Value(string name)
    {
        FieldInfo field = _type.GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{_type.Name} has no {name}: take it out of the table");
        object value = field.GetRawConstantValue()!;
        return value is ulong or nuint
            ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))
            : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }
}
