using MiniDock.Cli;

return Application.Run(args);
