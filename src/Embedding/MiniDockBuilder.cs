using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Embedding;

/// <summary>Adds providers that live in the program itself to an embedded engine. They stand beside the built-in ones, under names of their own.</summary>
public sealed class MiniDockBuilder
{
    internal MiniDockBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that the engine was added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a network provider: containers attach to it by <c>NAME[:INSTANCE][,key=value…]</c> in <see cref="ContainerOptions.Networks"/>.</summary>
    public MiniDockBuilder AddNetworkProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, INetworkProvider => Add<INetworkProvider, T>();

    /// <summary>Adds a provider of mounts: containers ask for it by <c>type=NAME,src=…,dst=…</c> in <see cref="ContainerOptions.Mounts"/>.</summary>
    public MiniDockBuilder AddMountProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMountProvider => Add<IMountProvider, T>();

    /// <summary>Adds a root file system driver. With <c>auto</c> it is tried after the built-in ones.</summary>
    public MiniDockBuilder AddRootFileSystemDriver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IRootFileSystemDriver => Add<IRootFileSystemDriver, T>();

    /// <summary>Adds a cgroup provider. With <c>auto</c> it is tried after the built-in ones.</summary>
    public MiniDockBuilder AddCgroupProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICgroupProvider => Add<ICgroupProvider, T>();

    private MiniDockBuilder Add<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where TContract : class
        where T : class, TContract
    {
        Services.AddSingleton<TContract, T>();
        return this;
    }
}
