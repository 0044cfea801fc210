using MiniDock.Cli;
using MiniDock.Engine.Containers.Health;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Session;

return MonitorArguments.Parse(args) is { } monitor ? MonitorProgram.Run(monitor)
    : ProbeArguments.Parse(args) is { } probe ? ProbeProgram.Run(probe)
    : TerminalHolder.IsAskedFor(args) ? TerminalHolder.Run()
    : Application.Run(args);
