using System.Text;
using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output.Templates;

/// <summary>The part of Go's text/template that docker's users write in <c>--format</c>: fields, <c>if</c>, <c>with</c>, <c>range</c>, variables,
/// pipelines, and the functions of <see cref="TemplateFunctions"/>.</summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Node> _nodes;

    private Template(IReadOnlyList<Node> nodes) => _nodes = nodes;

    /// <summary>Parses a template; <c>\t</c> and <c>\n</c> outside of braces mean tab and line feed, as docker's.</summary>
    /// <exception cref="TemplateException">It is no template.</exception>
    public static Template Parse(string text) =>
        new(new Parser(new Lexer(text.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)).Read()).Parse());

    /// <summary>Fills it in.</summary>
    /// <exception cref="TemplateException">A field does not exist, or a function cannot take what it is given.</exception>
    public string Fill(JsonNode? data)
    {
        var output = new StringBuilder();
        new Evaluation(output, data).Run(_nodes, data);
        return output.ToString();
    }

    private sealed class Evaluation
    {
        private readonly StringBuilder _output;
        private readonly Dictionary<string, JsonNode?> _variables = [];

        public Evaluation(StringBuilder output, JsonNode? data)
        {
            _output = output;
            _variables[""] = data;
        }

        public void Run(IReadOnlyList<Node> nodes, JsonNode? dot)
        {
            foreach (var node in nodes)
            {
                Run(node, dot);
            }
        }

        private void Run(Node node, JsonNode? dot)
        {
            switch (node)
            {
                case Node.Text text:
                    _output.Append(text.Value);
                    break;
                case Node.Action { Variable: { } variable } assignment:
                    _variables[variable] = Value(assignment.Pipeline, dot);
                    break;
                case Node.Action action:
                    _output.Append(TemplateValue.Print(Value(action.Pipeline, dot)));
                    break;
                case Node.Condition condition:
                    var tested = Value(condition.Pipeline, dot);
                    Run(TemplateValue.IsTrue(tested) ? condition.Then : condition.Else, condition.SetsDot && TemplateValue.IsTrue(tested) ? tested : dot);
                    break;
                case Node.Range range:
                    Repeat(range, dot);
                    break;
            }
        }

        private void Repeat(Node.Range range, JsonNode? dot)
        {
            var items = TemplateValue.Items(Value(range.Pipeline, dot));
            foreach (var (key, item) in items)
            {
                if (range.Key is not null)
                {
                    _variables[range.Key] = key;
                }

                if (range.Value is not null)
                {
                    _variables[range.Value] = item;
                }

                Run(range.Body, item);
            }

            if (items.Count == 0)
            {
                Run(range.Else, dot);
            }
        }

        private JsonNode? Value(Pipeline pipeline, JsonNode? dot)
        {
            JsonNode? last = null;
            for (var i = 0; i < pipeline.Commands.Count; i++)
            {
                var command = pipeline.Commands[i];
                if (command[0] is Operand.Function function)
                {
                    var arguments = command.Skip(1).Select(o => Value(o, dot)).ToList();
                    if (i > 0)
                    {
                        arguments.Add(last);
                    }

                    last = TemplateFunctions.Call(function.Name, [.. arguments]);
                }
                else if (command.Count > 1 || i > 0)
                {
                    throw new TemplateException("template: only a function takes arguments");
                }
                else
                {
                    last = Value(command[0], dot);
                }
            }

            return last;
        }

        private JsonNode? Value(Operand operand, JsonNode? dot) => operand switch
        {
            Operand.Dot => dot,
            Operand.Literal literal => literal.Value,
            Operand.Variable variable => _variables.TryGetValue(variable.Name, out var value)
                ? value
                : throw new TemplateException($"template: no variable ${variable.Name}"),
            Operand.Group group => Value(group.Pipeline, dot),
            Operand.Path path => path.Fields.Aggregate(Value(path.Start, dot), TemplateValue.Field),
            Operand.Function function => TemplateFunctions.Call(function.Name, []),
            _ => null,
        };
    }
}
