using System.Globalization;
using System.Text;

namespace MiniDock.Engine.Images.Tar;

/// <summary>Makes the records of a pax extended header, see <see cref="PaxRecords"/>.</summary>
internal sealed class PaxRecordWriter
{
    private readonly MemoryStream _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    public void Add(string key, string value) => Add(key, Encoding.ASCII.GetBytes(value));

    public void Add(string key, ReadOnlySpan<byte> value)
    {
        // LENGTH KEY=VALUE\n, where the length counts its own digits.
        var name = Encoding.Latin1.GetBytes(key);
        var rest = name.Length + value.Length + 3;
        var length = rest + Digits(rest);
        length = rest + Digits(length);
        _bytes.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        _bytes.WriteByte((byte)' ');
        _bytes.Write(name);
        _bytes.WriteByte((byte)'=');
        _bytes.Write(value);
        _bytes.WriteByte((byte)'\n');
    }

    private static int Digits(int value) => value.ToString(CultureInfo.InvariantCulture).Length;
}
