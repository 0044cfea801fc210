namespace MiniDock.Cli.Output.Templates;

/// <summary>A template that cannot be read, or that asks for what is not there.</summary>
internal sealed class TemplateException(string message, string? hint = null) : Exception(message)
{
    /// <summary>What can be done, or null.</summary>
    public string? Hint { get; } = hint;
}
