using System.Diagnostics.CodeAnalysis;

namespace MiniDock.Engine.Containers.Session;

/// <summary>A sequence of keys that detaches from a terminal, docker's <c>ctrl-p,ctrl-q</c>.</summary>
public sealed class DetachKeys
{
    private readonly byte[] _keys;
    private int _matched;

    private DetachKeys(byte[] keys) => _keys = keys;

    /// <summary>ctrl-p, ctrl-q.</summary>
    public static DetachKeys Default => new([0x10, 0x11]);

    /// <summary>Parses keys separated by commas: a character, or <c>ctrl-</c> with a letter or one of <c>@[\]^_</c>; empty means none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DetachKeys? keys)
    {
        keys = null;
        var bytes = new List<byte>();
        foreach (var key in text.Length == 0 ? [] : text.Split(','))
        {
            if (key.Length == 1 && key[0] is > ' ' and < (char)0x7f)
            {
                bytes.Add((byte)key[0]);
            }
            else if (key.Length == 6 && key.StartsWith("ctrl-", StringComparison.Ordinal) && char.ToUpperInvariant(key[5]) is >= '@' and <= '_' and var control)
            {
                bytes.Add((byte)(control & 0x1f));
            }
            else
            {
                return false;
            }
        }

        keys = new DetachKeys([.. bytes]);
        return true;
    }

    /// <summary>Looks through what was typed; keys that may still become the sequence count on with the next bytes.</summary>
    /// <returns>Whether the sequence was completed in these bytes.</returns>
    public bool Sees(ReadOnlySpan<byte> typed)
    {
        foreach (var b in typed)
        {
            if (_keys.Length == 0)
            {
                return false;
            }

            _matched = b == _keys[_matched] ? _matched + 1 : b == _keys[0] ? 1 : 0;
            if (_matched == _keys.Length)
            {
                _matched = 0;
                return true;
            }
        }

        return false;
    }
}
