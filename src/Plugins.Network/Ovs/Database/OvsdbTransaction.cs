using System.Buffers;
using System.Text.Json;

namespace MiniDock.Plugins.Network.Ovs.Database;

/// <summary>Operations that the database carries out all or none, a <c>transact</c> request (RFC 7047, sections 4.1.3 and 5.2).</summary>
internal sealed class OvsdbTransaction : IDisposable
{
    /// <summary>Id of the request: a connection has one at a time.</summary>
    public const int RequestId = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    /// <summary>A transaction without operations.</summary>
    public OvsdbTransaction()
    {
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        _json.WriteStartObject();
        _json.WriteNumber("id", RequestId);
        _json.WriteString("method", "transact");
        _json.WriteStartArray("params");
        _json.WriteStringValue("Open_vSwitch");
    }

    /// <summary>How many operations it has.</summary>
    public int Count { get; private set; }

    /// <summary>Reads columns of the rows that meet a condition.</summary>
    public void Select(string table, (string Column, string Function, OvsdbValue Value)? where, params string[] columns)
    {
        Begin("select", table);
        Where(where);
        Names("columns", columns);
        _json.WriteEndObject();
    }

    /// <summary>Inserts a row that the transaction's other operations know by a name.</summary>
    public void Insert(string table, string name, params IEnumerable<(string Column, OvsdbValue Value)> row)
    {
        Begin("insert", table);
        _json.WriteString("uuid-name", name);
        Row("row", row);
        _json.WriteEndObject();
    }

    /// <summary>Sets a column of the rows that meet a condition.</summary>
    public void Update(string table, (string Column, string Function, OvsdbValue Value) where, string column, OvsdbValue value)
    {
        Begin("update", table);
        Where(where);
        Row("row", [(column, value)]);
        _json.WriteEndObject();
    }

    /// <summary>Changes a column of the rows that meet a condition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="where">The condition; null: all rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="mutator"><c>insert</c> or <c>delete</c>, of a set or a map.</param>
    /// <param name="value">The members.</param>
    public void Mutate(string table, (string Column, string Function, OvsdbValue Value)? where, string column, string mutator, OvsdbValue value)
    {
        Begin("mutate", table);
        Where(where);
        _json.WriteStartArray("mutations");
        _json.WriteStartArray();
        _json.WriteStringValue(column);
        _json.WriteStringValue(mutator);
        value.Write(_json);
        _json.WriteEndArray();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Waits until a column of a row is no longer an empty set; the database answers when it is, or with the error <c>timed out</c>.</summary>
    public void WaitUntilSet(string table, (string Column, string Function, OvsdbValue Value) where, string column, int timeoutMilliseconds)
    {
        Begin("wait", table);
        _json.WriteNumber("timeout", timeoutMilliseconds);
        Where(where);
        Names("columns", [column]);
        _json.WriteString("until", "!=");
        _json.WriteStartArray("rows");
        _json.WriteStartObject();
        _json.WritePropertyName(column);
        OvsdbValue.Set().Write(_json);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Says in the database's log who it was.</summary>
    public void Comment(string text)
    {
        Begin("comment", null);
        _json.WriteString("comment", text);
        _json.WriteEndObject();
    }

    /// <summary>The request; nothing can be added any more.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Begin(string operation, string? table)
    {
        Count++;
        _json.WriteStartObject();
        _json.WriteString("op", operation);
        if (table is not null)
        {
            _json.WriteString("table", table);
        }
    }

    private void Where((string Column, string Function, OvsdbValue Value)? condition)
    {
        _json.WriteStartArray("where");
        if (condition is var (column, function, value))
        {
            _json.WriteStartArray();
            _json.WriteStringValue(column);
            _json.WriteStringValue(function);
            value.Write(_json);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void Row(string member, IEnumerable<(string Column, OvsdbValue Value)> row)
    {
        _json.WriteStartObject(member);
        foreach (var (column, value) in row)
        {
            _json.WritePropertyName(column);
            value.Write(_json);
        }

        _json.WriteEndObject();
    }

    private void Names(string member, string[] names)
    {
        _json.WriteStartArray(member);
        foreach (var name in names)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
    }
}
