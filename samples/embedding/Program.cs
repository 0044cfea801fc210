// Runs a container from a program of your own, with a mount that comes from the program itself.
//
//   embedding ROOT RUN-ROOT ARCHIVE COMMAND [ARG...]
//
// ARCHIVE is a tar of a root file system, such as out/busybox.tar. The command finds an empty directory at /scratch, which is gone after the run.
using Microsoft.Extensions.DependencyInjection;
using MiniDock.Embedding;
using Sample;

if (args.Length < 4)
{
    Console.Error.WriteLine("usage: embedding ROOT RUN-ROOT ARCHIVE COMMAND [ARG...]");
    return 2;
}

var services = new ServiceCollection();
services
    .AddMiniDock(options =>
    {
        options.Root = args[0];
        options.RunRoot = args[1];
        options.Warn = warning => Console.Error.WriteLine($"warning: {warning}");
    })
    .AddMountProvider<ScratchProvider>();
await using var provider = services.BuildServiceProvider();
var engine = provider.GetRequiredService<MiniDockEngine>();

await engine.ImportAsync(args[2], "sample");
await using var container = await engine.StartAsync(new ContainerOptions("sample")
{
    Command = args[3..],
    Memory = "64M",
    Networks = ["none"],
    Mounts = ["type=scratch,dst=/scratch"],
});
Console.WriteLine($"{container.Name} runs as process {container.Pid}");
using var output = new StreamReader(container.StandardOutput);
while (await output.ReadLineAsync() is { } line)
{
    Console.WriteLine($"> {line}");
}

var exit = await container.WaitAsync();
Console.WriteLine($"exit code {exit.ExitCode}");
return exit.ExitCode;
