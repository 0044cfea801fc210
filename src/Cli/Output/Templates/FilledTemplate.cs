using System.Text.Json.Nodes;
using MiniDock.Abstractions;

namespace MiniDock.Cli.Output.Templates;

/// <summary>Templates of the command line: their mistakes are the user's.</summary>
internal static class FilledTemplate
{
    /// <summary>Fills a template in once.</summary>
    /// <exception cref="EngineException">It is no template, or asks for what is not there.</exception>
    public static string Of(string text, JsonNode? data)
    {
        try
        {
            return Template.Parse(text).Fill(data);
        }
        catch (TemplateException e)
        {
            throw new EngineException(e.Message, e.Hint, exitCode: 1, inner: e);
        }
    }
}
