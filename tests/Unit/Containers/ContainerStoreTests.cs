using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Tests.Unit.Run;

namespace MiniDock.Tests.Unit.Containers;

public sealed class ContainerStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ContainerStore _store;

    public ContainerStoreTests() =>
        _store = new ContainerStore(new EnginePaths(Path.Combine(_directory.Path, "root"), Path.Combine(_directory.Path, "run")));

    [Fact]
    public void A_container_is_found_by_name_by_id_and_by_a_prefix_of_its_id()
    {
        var spec = Create("zion");

        Assert.Equal(spec.Id, _store.Find("zion").Id);
        Assert.Equal(spec.Id, _store.Find(spec.Id.Value).Id);
        Assert.Equal(spec.Id, _store.Find(spec.Id.Short).Id);
    }

    [Fact]
    public void An_unknown_name_ends_with_1_as_docker_does()
    {
        var error = Assert.Throws<EngineException>(() => _store.Find("nobody"));

        Assert.Equal(1, error.ExitCode);
        Assert.Contains("nobody", error.Message);
    }

    [Fact]
    public void A_taken_name_is_refused_and_leaves_nothing()
    {
        var first = Create("zion");

        var error = Assert.Throws<EngineException>(() => Create("zion"));
        Assert.Contains(first.Id.Short, error.Message);
        Assert.Equal(125, error.ExitCode);
        Assert.Equal([first.Id], _store.AllIds());
    }

    [Fact]
    public void A_removed_container_frees_its_name()
    {
        var first = Create("zion");
        using (var held = ContainerLock.Take(_store.Paths, first.Id))
        {
            _store.Remove(first.Id, "zion", held);
        }

        Assert.Equal(Create("zion").Id, _store.Find("zion").Id);
    }

    [Fact]
    public void A_lock_is_held_by_one()
    {
        var id = ContainerId.New();
        using (ContainerLock.Take(_store.Paths, id))
        {
            Assert.Null(ContainerLock.TryTake(_store.Paths, id));
            Assert.True(ContainerLock.IsHeld(_store.Paths, id));
        }

        using var again = ContainerLock.TryTake(_store.Paths, id);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_running_state_without_a_run_directory_is_told_as_exited()
    {
        var spec = Create("zion");
        _store.Write(spec.Id, new ContainerState { Status = ContainerStatus.Running, Pid = 1 });
        Assert.True(_store.Find("zion").IsRunning);

        Directory.Delete(_store.Paths.RunDirectory(spec.Id), recursive: true);

        var state = _store.Find("zion").State;
        Assert.Equal(ContainerStatus.Exited, state.Status);
        Assert.Equal(255, state.ExitCode);
    }

    [Fact]
    public void A_specification_is_read_back_as_it_was_written()
    {
        var spec = Create("zion") with { };

        var read = _store.Find("zion").Spec;
        Assert.Equal(spec.Process.Arguments, read.Process.Arguments);
        Assert.Equal(spec.Image.DiffIds, read.Image.DiffIds);
        Assert.Equal(spec.Networks[0].ToString(), read.Networks[0].ToString());
        Assert.Equal(spec.Resources.MemoryLimitBytes, read.Resources.MemoryLimitBytes);
    }

    public void Dispose() => _directory.Dispose();

    private ContainerSpec Create(string name)
    {
        var digest = Digest.FromHash(new byte[32]);
        var spec = new ContainerSpec
        {
            Id = ContainerId.New(),
            Name = name,
            Created = DateTimeOffset.UtcNow,
            Image = new ImageSelection("busybox", digest, [digest]),
            Process = new ProcessSpec { Arguments = ["sh", "-c", "exit \u00e9"] },
            Networks = [new AttachmentSpec("bridge", null, new Dictionary<string, string> { ["ip"] = "10.0.0.9" })],
            Resources = new ResourceLimits { MemoryLimitBytes = 100 << 20 },
        };
        _store.Create(spec).Dispose();
        return spec;
    }
}
