using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Images.Extraction;
using MiniDock.Plugins.Storage;

namespace MiniDock.Tests.Unit.Storage;

public sealed class RootFileSystemTests : IDisposable
{
    private static readonly Digest[] s_layers = [Digest.FromHash([1, .. new byte[31]]), Digest.FromHash([2, .. new byte[31]])];

    private readonly string _root = Directory.CreateTempSubdirectory("minidock-storage-").FullName;

    private EnginePaths Paths => new(Path.Combine(_root, "root"), Path.Combine(_root, "run"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_highest_layer_comes_first_and_all_mounts_are_the_childs()
    {
        Given(s_layers, noted: "file");
        var request = Request();
        var steps = new ErofsRootFileSystem().Plan(request).ToList();
        Assert.Equal(["root.snapshot", "root.layer.0", "root.layer.1", "root.overlay"], steps.Select(step => step.Id));
        Assert.Equal(StepScope.Container, steps[0].Scope);
        Assert.All(steps.Skip(1), step => Assert.Equal((PlanPhase.Child, ChildStepKinds.Mount), (step.Phase, step.Kind)));
        Assert.Equal(Paths.LayerFile(s_layers[0]), steps[1].Arguments["source"]);
        var run = Paths.RunDirectory(request.Spec.Id);
        Assert.StartsWith($"lowerdir={run}/layers/1:{run}/layers/0,upperdir=", steps[3].Arguments["data"], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_root_that_is_removed_with_its_run_is_volatile()
    {
        Given(s_layers, noted: "file");
        Assert.DoesNotContain("volatile", Overlay(Request()).Arguments["data"], StringComparison.Ordinal);
        var removed = Request();
        Assert.EndsWith(",volatile", Overlay(removed with { Spec = removed.Spec with { AutoRemove = true } }).Arguments["data"], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_files_cannot_be_mounted_layers_are_mounted_on_the_host()
    {
        Given(s_layers, noted: "loop");
        var layers = new ErofsRootFileSystem().Plan(Request()).Where(step => step.Id.StartsWith("root.layer", StringComparison.Ordinal));
        Assert.All(layers, step => Assert.Equal(PlanPhase.HostBefore, step.Phase));
    }

    [Fact]
    public void Extracted_layers_are_the_overlays_own_directories()
    {
        Given(s_layers, noted: "file");
        var steps = new DirectoryRootFileSystem(new ExtractionHandler()).Plan(Request()).ToList();
        Assert.Equal(["root.snapshot", "root.layer.0", "root.layer.1", "root.overlay"], steps.Select(step => step.Id));
        Assert.StartsWith(
            $"lowerdir={Paths.LayerDirectory(s_layers[1])}:{Paths.LayerDirectory(s_layers[0])},", steps[3].Arguments["data"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_layer_is_named()
    {
        Given(s_layers[..1], noted: "file");
        var problem = Assert.Single(new ErofsRootFileSystem().Validate(Request()));
        Assert.Contains($"layer {s_layers[1].Short} is missing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_overlay_cannot_spell_is_refused()
    {
        var problems = new ErofsRootFileSystem().Validate(Request() with { Paths = new EnginePaths("/a:b", "/c,d") }).ToList();
        Assert.Equal(2, problems.Count(problem => problem.Message.Contains("EINVAL", StringComparison.Ordinal)));
    }

    private static PlanStep Overlay(RootRequest request) => new ErofsRootFileSystem().Plan(request).Last();

    // Layers as the store has them, and what an earlier run found out about this file system.
    private void Given(Digest[] layers, string noted)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Paths.LayerFile(layers[0]))!);
        Directory.CreateDirectory(Paths.RunRoot);
        foreach (var layer in layers)
        {
            File.WriteAllBytes(Paths.LayerFile(layer), []);
        }

        var device = MiniDock.Linux.Files.Stat(Paths.LayerFile(layers[0])).Device;
        File.WriteAllText(Path.Combine(Paths.RunRoot, $"layer-method-{device.Major}-{device.Minor}"), noted);
    }

    private RootRequest Request()
    {
        var request = Cgroups.Requests.Of(Cgroups.Requests.V2);
        return new RootRequest(
            request.Spec with { Image = new ImageSelection("app", s_layers[0], s_layers) },
            request.Host with { FileSystems = new HashSet<string> { "overlay", "erofs" } },
            Paths);
    }
}
