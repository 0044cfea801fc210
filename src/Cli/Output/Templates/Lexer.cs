using System.Text;

namespace MiniDock.Cli.Output.Templates;

/// <summary>Cuts a template into tokens.</summary>
internal sealed class Lexer(string text)
{
    private readonly List<Token> _tokens = [];
    private int _at;

    /// <summary>All tokens.</summary>
    public IReadOnlyList<Token> Read()
    {
        var trimNext = false;
        while (_at < text.Length)
        {
            var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            var literal = open < 0 ? text[_at..] : text[_at..open];
            literal = trimNext ? literal.TrimStart() : literal;
            if (open < 0)
            {
                Add(TokenKind.Text, literal);
                break;
            }

            _at = open + 2;
            if (string.CompareOrdinal(text, _at, "- ", 0, 2) == 0)
            {
                literal = literal.TrimEnd();
                _at += 2;
            }

            if (literal.Length > 0)
            {
                Add(TokenKind.Text, literal);
            }

            trimNext = Action();
        }

        return _tokens;
    }

    // Returns whether the text behind it loses its leading space.
    private bool Action()
    {
        if (string.CompareOrdinal(text, _at, "/*", 0, 2) == 0)
        {
            var end = text.IndexOf("*/", _at, StringComparison.Ordinal);
            var close = end < 0 ? -1 : text.IndexOf("}}", end, StringComparison.Ordinal);
            _at = close < 0 ? throw new TemplateException("template: a comment is not closed") : close + 2;
            return text[close - 1] == '-';
        }

        Add(TokenKind.Open, "{{");
        while (true)
        {
            var start = _at;
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            var trims = _at > start && string.CompareOrdinal(text, _at, "-}}", 0, 3) == 0;
            if (trims || string.CompareOrdinal(text, _at, "}}", 0, 2) == 0)
            {
                _at += trims ? 3 : 2;
                Add(TokenKind.Close, "}}");
                return trims;
            }

            if (_at >= text.Length)
            {
                throw new TemplateException("template: '{{' is not closed by '}}'");
            }

            Next(joined: _at == start);
        }
    }

    private void Next(bool joined)
    {
        var c = text[_at];
        switch (c)
        {
            case '|' or '(' or ')' or ',':
                _at++;
                Add(TokenKind.Sign, c.ToString(), joined);
                break;
            case ':' or '=':
                _at += string.CompareOrdinal(text, _at, ":=", 0, 2) == 0 ? 2 : c == '=' ? 1 : throw Unexpected(c);
                Add(TokenKind.Sign, ":=");
                break;
            case '"' or '`' or '\'':
                Quoted(c);
                break;
            case '.':
                _at++;
                Add(TokenKind.Field, Name(), joined);
                break;
            case '$':
                _at++;
                Add(TokenKind.Variable, Name());
                break;
            case '-' or (>= '0' and <= '9'):
                var start = _at++;
                while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
                {
                    _at++;
                }

                Add(TokenKind.Number, text[start.._at]);
                break;
            default:
                Add(TokenKind.Word, Name() is { Length: > 0 } name ? name : throw Unexpected(c));
                break;
        }
    }

    private void Quoted(char quote)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c == quote)
            {
                _at++;
                Add(TokenKind.String, value.ToString());
                return;
            }

            if (c == '\\' && quote != '`' && _at + 1 < text.Length)
            {
                c = text[++_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
            }

            value.Append(c);
        }

        throw new TemplateException("template: a string is not closed");
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private void Add(TokenKind kind, string value, bool joined = false) => _tokens.Add(new Token(kind, value, joined));

    private static TemplateException Unexpected(char c) => new($"template: unexpected '{c}'");
}
