using System.Collections;

namespace MiniDock.Abstractions.Plan;

/// <summary>Named strings in a fixed order: the arguments of a step, or the receipt of its application. Immutable, a few entries, no hashing.</summary>
public sealed class StepValues : IReadOnlyCollection<KeyValuePair<string, string>>
{
    /// <summary>No values.</summary>
    public static readonly StepValues Empty = new([]);

    private readonly KeyValuePair<string, string>[] _entries;

    private StepValues(KeyValuePair<string, string>[] entries) => _entries = entries;

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <summary>The value.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public string this[string name] => Find(name) ?? throw new KeyNotFoundException($"the step has no '{name}'");

    /// <summary>Makes values of pairs; pairs with a null value are left out.</summary>
    public static StepValues Of(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var entries = new List<KeyValuePair<string, string>>(pairs.Length);
        foreach (var (name, value) in pairs)
        {
            if (value is not null)
            {
                entries.Add(new(name, value));
            }
        }

        return entries.Count == 0 ? Empty : new StepValues([.. entries]);
    }

    /// <summary>Makes values of pairs.</summary>
    public static StepValues Of(IEnumerable<KeyValuePair<string, string>> pairs) => new([.. pairs]);

    /// <summary>The value, or null.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in _entries)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The same values with one more, or one replaced.</summary>
    public StepValues With(string name, string value) => Of(_entries.Where(e => e.Key != name).Append(new(name, value)));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
