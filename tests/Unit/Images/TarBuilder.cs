using System.Text;

namespace MiniDock.Tests.Unit.Images;

/// <summary>Writes tars byte by byte, well formed or not: no tar program writes the hostile ones.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream _bytes = new();

    public long Length => _bytes.Length;

    public static byte[] Header(
        byte[] name, char type = '0', long size = 0, string mode = "0000644", byte[]? link = null, string magic = "ustar\000",
        string? sizeField = null, string mtime = "00000000000", string uid = "0000000", string gid = "0000000",
        string major = "0000000", string minor = "0000000", string prefix = "", Action<byte[]>? patch = null)
    {
        var block = new byte[512];
        name.AsSpan(0, Math.Min(name.Length, 100)).CopyTo(block);
        Put(block, 100, mode);
        Put(block, 108, uid);
        Put(block, 116, gid);
        Put(block, 124, sizeField ?? Convert.ToString(size, 8).PadLeft(11, '0'));
        Put(block, 136, mtime);
        block[156] = (byte)type;
        link?.AsSpan(0, Math.Min(link.Length, 100)).CopyTo(block.AsSpan(157));
        Put(block, 257, magic);
        Put(block, 329, major);
        Put(block, 337, minor);
        Put(block, 345, prefix);
        patch?.Invoke(block);
        Sum(block);
        return block;
    }

    /// <summary>Writes the right checksum.</summary>
    public static void Sum(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        Put(block, 148, Convert.ToString(block.Sum(one => one), 8).PadLeft(6, '0') + "\0 ");
    }

    /// <summary>A pax record with its own length.</summary>
    public static byte[] Record(string key, byte[] value)
    {
        byte[] rest = [(byte)' ', .. Encoding.UTF8.GetBytes(key), (byte)'=', .. value, (byte)'\n'];
        var length = rest.Length + 1;
        while (length != rest.Length + length.ToString().Length)
        {
            length = rest.Length + length.ToString().Length;
        }

        return [.. Encoding.ASCII.GetBytes(length.ToString()), .. rest];
    }

    public static byte[] Record(string key, string value) => Record(key, Encoding.UTF8.GetBytes(value));

    public TarBuilder Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public TarBuilder Data(byte[] data)
    {
        _bytes.Write(data);
        _bytes.Write(new byte[(512 - (data.Length % 512)) % 512]);
        return this;
    }

    public TarBuilder File(string name, string content = "", string mode = "0000644") =>
        Raw(Header(Encoding.UTF8.GetBytes(name), '0', content.Length, mode)).Data(Encoding.UTF8.GetBytes(content));

    public TarBuilder Directory(string name, string mode = "0000755") => Raw(Header(Encoding.UTF8.GetBytes(name), '5', 0, mode));

    public TarBuilder Link(string name, string target, char type = '2') =>
        Raw(Header(Encoding.UTF8.GetBytes(name), type, 0, "0000777", Encoding.UTF8.GetBytes(target)));

    public TarBuilder Pax(params byte[][] records) => Extension('x', records);

    public TarBuilder Extension(char type, params byte[][] records)
    {
        byte[] data = [.. records.SelectMany(one => one)];
        return Raw(Header("././@Extension"u8.ToArray(), type, data.Length)).Data(data);
    }

    public byte[] End() => Raw(new byte[1024])._bytes.ToArray();

    public byte[] Cut() => _bytes.ToArray();

    private static void Put(byte[] block, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block, at);
}
