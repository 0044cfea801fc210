using System.Globalization;
using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output.Templates;

/// <summary>Makes a tree of a template's tokens.</summary>
internal sealed class Parser(IReadOnlyList<Token> tokens)
{
    private int _at;

    /// <summary>The whole template.</summary>
    public IReadOnlyList<Node> Parse()
    {
        var nodes = List(out var ended);
        return ended is null ? nodes : throw new TemplateException($"template: {{{{{ended}}}}} without a beginning");
    }

    // Reads until {{end}} or {{else}}, and says which it was; the token behind it is next.
    private List<Node> List(out string? ended)
    {
        var nodes = new List<Node>();
        while (_at < tokens.Count)
        {
            var token = tokens[_at++];
            if (token.Kind == TokenKind.Text)
            {
                nodes.Add(new Node.Text(token.Text));
                continue;
            }

            if (Peek is { Kind: TokenKind.Word, Text: "end" or "else" } word)
            {
                _at++;
                ended = word.Text;
                return nodes;
            }

            nodes.Add(Peek is { Kind: TokenKind.Word, Text: "if" or "with" or "range" } ? Block() : Action());
        }

        ended = null;
        return nodes;
    }

    private Token Peek => _at < tokens.Count ? tokens[_at] : default;

    private Node.Action Action()
    {
        string? variable = null;
        if (Peek.Kind == TokenKind.Variable && _at + 1 < tokens.Count && tokens[_at + 1] is { Kind: TokenKind.Sign, Text: ":=" })
        {
            variable = Peek.Text;
            _at += 2;
        }

        var action = new Node.Action(variable, Pipeline());
        Close();
        return action;
    }

    private Node Block()
    {
        var keyword = tokens[_at++].Text;
        string? key = null;
        string? value = null;
        if (keyword == "range" && Peek.Kind == TokenKind.Variable)
        {
            var mark = _at;
            value = tokens[_at++].Text;
            if (Peek is { Kind: TokenKind.Sign, Text: "," })
            {
                _at++;
                (key, value) = (value, tokens[_at++].Text);
            }

            if (Peek is { Kind: TokenKind.Sign, Text: ":=" })
            {
                _at++;
            }
            else
            {
                (_at, key, value) = (mark, null, null);
            }
        }

        var pipeline = Pipeline();
        Close();
        var body = List(out var ended);
        IReadOnlyList<Node> other = [];
        if (ended == "else")
        {
            if (Peek is { Kind: TokenKind.Word, Text: "if" or "with" })
            {
                // {{else if}} takes the {{end}} of the whole.
                other = [Block()];
                return Make();
            }

            Close();
            other = List(out ended);
        }

        if (ended != "end")
        {
            throw new TemplateException($"template: {{{{{keyword}}}}} without {{{{end}}}}");
        }

        Close();
        return Make();

        Node Make() => keyword == "range" ? new Node.Range(key, value, pipeline, body, other) : new Node.Condition(pipeline, keyword == "with", body, other);
    }

    private Pipeline Pipeline()
    {
        var commands = new List<IReadOnlyList<Operand>> { Command() };
        while (Peek is { Kind: TokenKind.Sign, Text: "|" })
        {
            _at++;
            commands.Add(Command());
        }

        return new Pipeline(commands);
    }

    private List<Operand> Command()
    {
        var operands = new List<Operand>();
        while (_at < tokens.Count && Peek.Kind != TokenKind.Close && Peek is not { Kind: TokenKind.Sign, Text: "|" or ")" })
        {
            operands.Add(Operand());
        }

        return operands.Count > 0 ? operands : throw new TemplateException("template: a command is missing");
    }

    private Operand Operand()
    {
        var token = tokens[_at++];
        Operand start;
        switch (token)
        {
            case { Kind: TokenKind.Field }:
                start = new Operand.Dot();
                _at -= token.Text.Length > 0 ? 1 : 0;
                return Fields(start, first: true);
            case { Kind: TokenKind.Variable }:
                start = new Operand.Variable(token.Text);
                break;
            case { Kind: TokenKind.Sign, Text: "(" }:
                start = new Operand.Group(Pipeline());
                if (Peek is not { Kind: TokenKind.Sign, Text: ")" })
                {
                    throw new TemplateException("template: '(' is not closed by ')'");
                }

                _at++;
                break;
            case { Kind: TokenKind.String }:
                return new Operand.Literal(JsonValue.Create(token.Text));
            case { Kind: TokenKind.Number }:
                return new Operand.Literal(
                    long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
                    : double.TryParse(token.Text, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(real)
                    : throw new TemplateException($"template: {token.Text} is no number"));
            case { Kind: TokenKind.Word, Text: "true" or "false" }:
                return new Operand.Literal(JsonValue.Create(token.Text == "true"));
            case { Kind: TokenKind.Word, Text: "nil" }:
                return new Operand.Literal(null);
            case { Kind: TokenKind.Word }:
                return new Operand.Function(token.Text);
            default:
                throw new TemplateException($"template: unexpected '{token.Text}'");
        }

        return Fields(start, first: false);
    }

    private Operand Fields(Operand start, bool first)
    {
        var fields = new List<string>();
        while (Peek is { Kind: TokenKind.Field, Text.Length: > 0 } field && (first || field.Joined))
        {
            fields.Add(field.Text);
            first = false;
            _at++;
        }

        return fields.Count == 0 ? start : new Operand.Path(start, fields);
    }

    private void Close()
    {
        if (Peek.Kind != TokenKind.Close)
        {
            throw new TemplateException(_at < tokens.Count ? $"template: unexpected '{Peek.Text}'" : "template: it ends too early");
        }

        _at++;
    }
}
