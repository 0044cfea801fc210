using MiniDock.Cli;
using MiniDock.Engine.Containers.Monitor;

return MonitorArguments.Parse(args) is { } monitor ? MonitorProgram.Run(monitor) : Application.Run(args);
