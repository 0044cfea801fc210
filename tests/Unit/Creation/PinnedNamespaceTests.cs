using MiniDock.Abstractions.Model;

namespace MiniDock.Tests.Unit.Creation;

public sealed class PinnedNamespaceTests
{
    [Fact]
    public void A_name_that_is_pinned_stands_for_its_file() =>
        Assert.Contains(new NamespaceSpec(NamespaceType.Uts, NamespaceMode.Path, "/run/minidock/ns/pinned"), new Given().Spec("--ns uts=pinned").Namespaces);

    [Fact]
    public void A_pinned_network_becomes_an_attachment() =>
        Assert.Equal("/run/minidock/ns/pinned", new Given().Spec("--ns net=pinned").Networks.Single().Instance);

    [Fact]
    public void A_name_that_is_not_pinned_is_a_mistake() =>
        Assert.Contains("no namespace is pinned under this name", new Given().Problems("--ns uts=unknown").Single());
}
