using MiniDock.Cli;

namespace MiniDock.Tests.Unit.Cli;

/// <summary>A command line run in this process.</summary>
internal sealed record Invocation(int ExitCode, string Out, string Error)
{
    public static Invocation Of(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var context = new CliContext(new GlobalOptions()) { Out = output, Error = error };
        var code = Application.Run(context, arguments);
        return new Invocation(code, output.ToString(), error.ToString());
    }
}
