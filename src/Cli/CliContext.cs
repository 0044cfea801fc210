using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Logging;
using MiniDock.Cli.Output;
using Serilog;
using MiniDock.Embedding;

namespace MiniDock.Cli;

/// <summary>What a command is given. Each part is made when it is first asked for: a start pays for nothing that it does not use.</summary>
internal sealed class CliContext : IDisposable
{
    private readonly Composition _composition;
    private TextWriter? _out;
    private TextWriter? _error;
    private ILogger? _log;
    private EnginePaths? _paths;
    private EngineParts? _engine;

    /// <summary>Makes the context of one invocation.</summary>
    public CliContext(GlobalOptions options)
    {
        Options = options;
        _composition = new Composition(this);
    }

    /// <summary>Values of the global flags.</summary>
    public GlobalOptions Options { get; }

    /// <summary>The engine's directories.</summary>
    public EnginePaths Paths => _paths ??= new EnginePaths(Options.Root, Options.RunRoot);

    /// <summary>Where results go: standard output, buffered until the command ends.</summary>
    public TextWriter Out { get => _out ??= StandardStreams.OpenOutput(); init => _out = value; }

    /// <summary>Where all else goes.</summary>
    public TextWriter Error { get => _error ??= StandardStreams.OpenError(); init => _error = value; }

    /// <summary>The log, on standard error.</summary>
    public ILogger Log => _log ??= LoggerFactory.Create(Options, Error);

    /// <summary>The engine's parts, each made when it is asked for.</summary>
    public EngineParts Engine => _engine ??= new EngineParts(Paths, warning => Error.WriteLine($"minidock: warning: {warning}"));

    /// <summary>A service of the composition root; the container is built by the first call.</summary>
    public T Get<T>()
        where T : notnull => _composition.Get<T>();

    /// <summary>Writes out what is buffered.</summary>
    public void Flush()
    {
        _out?.Flush();
        _error?.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _composition.Dispose();
        Flush();
    }
}
