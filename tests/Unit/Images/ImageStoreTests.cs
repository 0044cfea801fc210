using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Tests.Unit.Images;

public sealed class ImageStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("minidock-store-").FullName;
    private readonly Users _users = new();
    private readonly ImageStore _store;

    public ImageStoreTests() => _store = new ImageStore(new EnginePaths(_root, Path.Combine(_root, "run")));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_import_is_found_by_name_id_and_beginning_of_the_id()
    {
        var id = Import("app.tar", "content");
        Assert.Equal(id, _store.Resolve("app").Id);
        Assert.Equal(id, _store.Resolve("app:latest").Id);
        Assert.Equal(id, _store.Resolve(id.ToString()).Id);
        Assert.Equal(id, _store.Resolve(id.Hex[..5]).Id);
        Assert.Equal(id, _store.Resolve("sha256:" + id.Hex[..7]).Id);
        Assert.Null(_store.Find("other"));
        Assert.Null(_store.Find("app:other"));
    }

    [Fact]
    public void The_id_is_the_digest_of_the_config_and_the_layer_is_named_by_its_tar()
    {
        var archive = Archive("content");
        var id = Import("app.tar", archive);
        Assert.Equal(id.Hex, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_store.Paths.Config(id)))));
        var diffId = Assert.Single(_store.Resolve("app").Config.DiffIds);
        Assert.Equal(diffId.Hex, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)));
        Assert.Equal(archive, File.ReadAllBytes(_store.LayerFile(diffId))[4096..(4096 + archive.Length)]);
    }

    [Fact]
    public void Images_of_one_archive_share_its_layer()
    {
        Import("one.tar", "same");
        Import("two.tar", "same");
        Assert.Single(Directory.GetFiles(_store.Paths.Layers));
        var lines = Removal.Remove("one", force: false);
        Assert.Equal(2, lines.Count);
        Assert.Single(Directory.GetFiles(_store.Paths.Layers));
        lines = Removal.Remove("two", force: false);
        Assert.Equal(3, lines.Count);
        Assert.Empty(Directory.GetFiles(_store.Paths.Layers));
    }

    [Fact]
    public void A_name_that_moves_leaves_the_old_image_without_one()
    {
        var old = Import("app.tar", "old");
        var now = Import("app.tar", "new");
        var listed = new ImageListing(_store, _users).List();
        Assert.Equal([now, old], listed.Select(image => image.Id));
        Assert.Empty(listed[1].References);
        Assert.Equal(2, Removal.Prune(all: false).Lines.Count);
        Assert.Equal([now], _store.Ids());
    }

    [Fact]
    public void Removing_one_of_two_names_keeps_the_image()
    {
        Import("app.tar", "x");
        _store.Tag("app", ImageReference.Parse("team/app:1"));
        Assert.Equal(["Untagged: app:latest"], Removal.Remove("app", force: false));
        Assert.NotNull(_store.Find("team/app:1"));
    }

    [Fact]
    public void An_image_with_several_names_is_removed_by_id_only_with_force()
    {
        var id = Import("app.tar", "x");
        _store.Tag("app", ImageReference.Parse("b"));
        Assert.Throws<EngineException>(() => Removal.Remove(id.Short, force: false));
        Assert.Contains("Untagged: b:latest", Removal.Remove(id.Short, force: true));
        Assert.Empty(_store.Ids());
    }

    [Fact]
    public void An_image_in_use_stays_and_with_force_its_layers_do()
    {
        var id = Import("app.tar", "x");
        var layers = _store.Resolve("app").Config.DiffIds;
        _users.All.Add(new ImageUser("abcdef", id, layers, IsRunning: false));
        var refusal = Assert.Throws<EngineException>(() => Removal.Remove("app", force: false));
        Assert.Contains("abcdef", refusal.Message);
        Assert.NotNull(_store.Find("app"));

        Removal.Remove("app", force: true);
        Assert.Null(_store.Find("app"));
        Assert.True(File.Exists(_store.LayerFile(layers[0])));

        _users.All.Clear();
        Removal.Prune(all: false);
        Assert.False(File.Exists(_store.LayerFile(layers[0])));
    }

    [Theory]
    [InlineData("http://example.org/x.tar")]
    [InlineData("/nowhere/at/all.tar")]
    [InlineData("/")]
    public void A_source_that_cannot_be_read_is_told_before_anything_is_written(string source)
    {
        Assert.Throws<EngineException>(() => Importer.Import(new ImportRequest(source) { Reference = ImageReference.Parse("x") }));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void A_failed_import_leaves_nothing()
    {
        var archive = Archive("content");
        archive[513] ^= 1;
        Assert.Throws<EngineException>(() => Import("bad.tar", archive[..^1200]));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Paths.Staging));
        Assert.False(Directory.Exists(_store.Paths.Layers));
        Assert.Empty(_store.Ids());
    }

    [Fact]
    public void What_a_killed_import_left_is_removed_by_the_next()
    {
        var dead = Directory.CreateDirectory(Path.Combine(_store.Paths.Staging, "dead")).FullName;
        File.WriteAllText(Path.Combine(dead, "layer"), "half");
        var orphan = _store.LayerFile(Digest.FromHash(new byte[32]));
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        File.WriteAllText(orphan, "published, but its image was not");
        Import("app.tar", "x");
        Assert.Empty(Directory.GetFileSystemEntries(_store.Paths.Staging));
        Assert.False(File.Exists(orphan));
    }

    [Fact]
    public void A_living_import_is_left_alone()
    {
        using var living = _store.BeginStaging(_users);
        Import("app.tar", "x");
        Assert.True(Directory.Exists(living.DirectoryPath));
    }

    [Fact]
    public void A_damaged_config_is_named_and_can_be_removed()
    {
        var id = Import("app.tar", "x");
        File.WriteAllText(_store.Paths.Config(id), "{");
        Assert.Contains("damaged", Assert.Throws<EngineException>(() => _store.Find("app")).Message);
        Removal.Remove("app", force: false);
        Assert.Empty(_store.Ids());
    }

    [Theory]
    [InlineData("/x/busybox.tar", "busybox:latest")]
    [InlineData("Debian-12.5.tar.XZ", "debian-12.5:latest")]
    [InlineData("rootfs.tgz", "rootfs:latest")]
    [InlineData("plain", "plain:latest")]
    public void An_image_is_called_like_its_archive(string file, string name) =>
        Assert.Equal(name, ImportName.FromSource(file)!.Value.ToString());

    [Fact]
    public void A_file_name_that_makes_no_image_name_needs_one_given() =>
        Assert.Throws<EngineException>(() => ImportName.FromSource("-weird!.tar"));

    private ImageRemoval Removal => new(_store, _users);

    private ImageImporter Importer => new(_store, _users);

    private static byte[] Archive(string content) => new TarBuilder().Directory("./").File("file", content).End();

    private Digest Import(string file, string content) => Import(file, Archive(content));

    private Digest Import(string file, byte[] archive)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minidock-archive-").FullName, file);
        try
        {
            File.WriteAllBytes(path, archive);
            return Importer.Import(new ImportRequest(path));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private sealed class Users : IImageUsers
    {
        public List<ImageUser> All { get; } = [];

        public IEnumerable<ImageUser> List() => All;
    }
}
