using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Templates;

namespace MiniDock.Tests.Unit.Cli.Templates;

public sealed class TemplateTests
{
    private const string Data = """
        {"Name":"zion","State":{"Pid":42,"Running":true,"Dead":false},"Ports":["80/tcp","53/udp"],"Labels":{"b":"2","a":"1"},"Empty":[],"Nothing":null,"Rate":1.5}
        """;

    private static string Fill(string template) => Template.Parse(template).Fill(JsonNode.Parse(Data));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{.Name}}", "zion")]
    [InlineData("{{ .State.Pid }}!", "42!")]
    [InlineData("{{.State.Running}} {{.State.Dead}} {{.Rate}}", "true false 1.5")]
    [InlineData("{{.Ports}} {{.Labels}} {{.Nothing}}", "[80/tcp 53/udp] map[a:1 b:2] <no value>")]
    [InlineData("{{json .Ports}}", "[\"80/tcp\",\"53/udp\"]")]
    [InlineData("{{.State | json}}", "{\"Pid\":42,\"Running\":true,\"Dead\":false}")]
    [InlineData("{{len .Ports}}{{len .Name}}", "24")]
    [InlineData("{{index .Ports 1}} {{index .Labels \"a\"}} {{index .Labels \"none\"}}", "53/udp 1 <no value>")]
    [InlineData("{{join .Ports \", \"}}", "80/tcp, 53/udp")]
    [InlineData("{{range .Ports}}<{{.}}>{{end}}", "<80/tcp><53/udp>")]
    [InlineData("{{range $i, $p := .Ports}}{{$i}}={{$p}} {{end}}", "0=80/tcp 1=53/udp ")]
    [InlineData("{{range $k, $v := .Labels}}{{$k}}{{$v}}{{$.Name}}{{end}}", "a1zionb2zion")]
    [InlineData("{{range .Empty}}x{{else}}none{{end}}", "none")]
    [InlineData("{{if .State.Running}}up{{else}}down{{end}}", "up")]
    [InlineData("{{if .State.Dead}}a{{else if .Empty}}b{{else}}c{{end}}", "c")]
    [InlineData("{{with .State}}{{.Pid}}{{end}}{{with .Empty}}x{{end}}", "42")]
    [InlineData("{{if and .State.Running (eq .Name \"zion\")}}yes{{end}}", "yes")]
    [InlineData("{{if or .State.Dead (not .Empty)}}yes{{end}}", "yes")]
    [InlineData("{{if gt .State.Pid 41}}gt{{end}}{{if ne .Name `x`}}ne{{end}}", "gtne")]
    [InlineData("{{$n := .Name}}{{upper $n}}{{title $n}}", "ZIONZion")]
    [InlineData("{{printf \"%s-%d %q\" .Name .State.Pid .Name}}", "zion-42 \"zion\"")]
    [InlineData("{{println .Name}}", "zion\n")]
    [InlineData("{{.Name}}\\t{{.Name}}\\n", "zion\tzion\n")]
    [InlineData("a {{- .Name -}} b", "azionb")]
    [InlineData("{{/* said nothing */}}x", "x")]
    [InlineData("{{(index .Ports 0)}}{{index (split \"a,b\" \",\") 1}}", "80/tcpb")]
    [InlineData("{{.}}", null)]
    public void A_template_is_filled_as_go_fills_it(string template, string? expected)
    {
        var filled = Fill(template);
        Assert.Equal(expected ?? filled, filled);
    }

    [Theory]
    [InlineData("{{.Nam}}", "template field .Nam: ENOENT (no such field)")]
    [InlineData("{{.Name.First}}", "template field .First: EINVAL (what it is a field of has none)")]
    [InlineData("{{.Name", "template: '{{' is not closed by '}}'")]
    [InlineData("{{if .Name}}x", "template: {{if}} without {{end}}")]
    [InlineData("{{end}}", "template: {{end}} without a beginning")]
    [InlineData("{{}}", "template: a command is missing")]
    [InlineData("{{shout .Name}}", "template: no function shout")]
    [InlineData("{{len}}", "template: wrong number of arguments for len")]
    [InlineData("{{index .Ports 2}}", "template: index 2 is out of range, the list has 2")]
    [InlineData("{{range .Name}}{{end}}", "template: range needs a list or a map")]
    [InlineData("{{\"open}}", "template: a string is not closed")]
    [InlineData("{{$x}}", "template: no variable $x")]
    [InlineData("{{(len .Ports}}", "template: '(' is not closed by ')'")]
    [InlineData("{{.Name .Name}}", "template: only a function takes arguments")]
    [InlineData("{{#}}", "template: unexpected '#'")]
    [InlineData("{{range $x .Ports}}{{end}}", "template: only a function takes arguments")]
    public void A_template_that_cannot_be_filled_says_why(string template, string message) =>
        Assert.Equal(message, Assert.Throws<TemplateException>(() => Fill(template)).Message);
}
