using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions;
using MiniDock.Embedding;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Embedding;

/// <summary>The engine inside a program with many threads and a busy collector: this one.</summary>
public sealed class EmbeddedEngineTests : LeakChecked
{
    private readonly ServiceProvider _services;
    private readonly MiniDockEngine _engine;

    public EmbeddedEngineTests(MinidockFixture fixture)
        : base(fixture)
    {
        var services = new ServiceCollection();
        services.AddMiniDock(options => (options.Root, options.RunRoot) = (Engine.Root, Engine.RunRoot));
        _services = services.BuildServiceProvider();
        _engine = _services.GetRequiredService<MiniDockEngine>();
    }

    [Fact]
    public async Task A_container_reads_and_writes_the_streams_of_the_program_and_gives_its_exit_code()
    {
        Assert.Contains("busybox:latest", _engine.Images());
        await using var container = await _engine.StartAsync(new ContainerOptions("busybox")
        {
            Command = ["sh", "-c", "cat; echo oops >&2; exit 7"],
            OpenStandardInput = true,
            Name = "embedded",
            Memory = "32M",
            Networks = ["none"],
        });
        Assert.Contains("embedded", Engine.Run("ps", "--format", "{{.Names}}").ShouldSucceed().Lines);
        Assert.Equal(["embedded"], _engine.Containers());
        await container.StandardInput.WriteAsync("hello\n"u8.ToArray());
        await container.StandardInput.DisposeAsync();
        Assert.Equal("hello\n", await new StreamReader(container.StandardOutput).ReadToEndAsync());
        Assert.Equal("oops\n", await new StreamReader(container.StandardError).ReadToEndAsync());
        Assert.Equal(new ContainerExit(7, OomKilled: false), await container.WaitAsync());
        Assert.Empty(_engine.Containers(all: true));
    }

    [Fact]
    public async Task Disposing_kills_what_runs_and_leaves_nothing()
    {
        var container = await _engine.StartAsync(new ContainerOptions("busybox") { Command = ["sleep", "1000"] });
        Assert.True(Directory.Exists($"/proc/{container.Pid}"));
        await container.DisposeAsync();
        Assert.Equal(137, (await container.WaitAsync()).ExitCode);
        Assert.Empty(_engine.Containers(all: true));
    }

    [Fact]
    public async Task A_signal_reaches_it_and_one_that_is_kept_can_be_removed()
    {
        await using var container = await _engine.StartAsync(new ContainerOptions("busybox")
        {
            Command = ["sh", "-c", "trap 'exit 3' TERM; echo ready; while :; do sleep 0.1; done"],
            Networks = ["none"],
            Keep = true,
        });
        Assert.Equal("ready", await new StreamReader(container.StandardOutput).ReadLineAsync());
        container.Kill(15);
        Assert.Equal(3, (await container.WaitAsync()).ExitCode);
        Assert.Equal([container.Name], _engine.Containers(all: true));
        _engine.Remove(container.Id);
        Assert.Throws<EngineException>(() => _engine.Remove(container.Id));
    }

    [Fact]
    public async Task Many_at_once_beside_a_busy_collector_all_end_well()
    {
        using var done = new CancellationTokenSource();
        var litter = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.KeepAlive(new byte[Random.Shared.Next(100_000)]);
            }
        });
        var codes = await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            await using var container = await _engine.StartAsync(new ContainerOptions("busybox") { Command = ["sh", "-c", $"exit {i}"], Networks = ["none"] });
            return (await container.WaitAsync()).ExitCode;
        }));
        await done.CancelAsync();
        await litter;
        Assert.Equal(Enumerable.Range(0, 24), codes);
    }

    [Fact]
    public async Task What_is_wrong_is_an_exception_with_the_words_of_the_command_line()
    {
        var unknown = await Assert.ThrowsAsync<EngineException>(() => _engine.StartAsync(new ContainerOptions("nothing")));
        Assert.Contains("nothing", unknown.Message);
        var size = await Assert.ThrowsAsync<EngineException>(() => _engine.StartAsync(new ContainerOptions("busybox") { Memory = "much" }));
        Assert.Contains("much", size.Message);
        var command = await Assert.ThrowsAsync<EngineException>(() => _engine.StartAsync(new ContainerOptions("busybox") { Command = ["/missing"], Networks = ["none"] }));
        Assert.Equal(127, command.ExitCode);
    }

    protected override void TearDown() => _services.Dispose();
}
