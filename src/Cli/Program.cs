using MiniDock.Cli;
using MiniDock.Engine.Containers.Health;
using MiniDock.Engine.Containers.Monitor;

return MonitorArguments.Parse(args) is { } monitor ? MonitorProgram.Run(monitor)
    : ProbeArguments.Parse(args) is { } probe ? ProbeProgram.Run(probe)
    : Application.Run(args);
