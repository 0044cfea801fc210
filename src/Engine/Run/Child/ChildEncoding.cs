using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>What the encoders of one child program share: the program, and the descriptors that earlier steps have made.</summary>
internal sealed class ChildEncoding(ContainerSpec spec, ChildStreams streams, ChildProgramBuilder program) : IDisposable
{
    private readonly List<SafeHandle> _opened = [];
    private readonly Dictionary<string, Operand> _mounts = new(StringComparer.Ordinal);
    private Operand? _root;

    public ContainerSpec Spec { get; } = spec;

    public ChildStreams Streams { get; } = streams;

    public ChildProgramBuilder Program { get; } = program;

    /// <summary>Whether a step has opened the root.</summary>
    public bool HasRoot => _root is not null;

    /// <summary>The user namespace whose ids mounts of the root are shown with, or null.</summary>
    public Operand? UserNamespace { get; set; }

    /// <summary>The root that is being assembled.</summary>
    public Operand Root
    {
        get => _root ?? throw new InvalidOperationException("no step has opened the root");
        set => _root = value;
    }

    /// <summary>The host's /dev/null, checked to be it; masks are copies of it.</summary>
    public Operand? NullDevice { get; set; }

    /// <summary>What earlier steps of the host keep, where there are any.</summary>
    public StepContext? Host { get; init; }

    /// <summary>Pidfd of the process whose namespaces are joined.</summary>
    public SafeFileHandle? Target { get; init; }

    /// <summary>Where the values about the user will lie that the engine sends.</summary>
    public Operand? User { get; set; }

    /// <summary>The mount that a step has made at a path inside.</summary>
    public Operand? MountAt(string target) => _mounts.TryGetValue(target, out var mount) ? mount : null;

    public void SetMount(string target, Operand mount) => _mounts[target] = mount;

    /// <summary>Passes a descriptor on that the engine opens for the child; it is closed here once the child has its copy.</summary>
    public Operand Pass(SafeFileHandle descriptor)
    {
        _opened.Add(descriptor);
        return Program.Inherit(descriptor);
    }

    public void Dispose() => _opened.ForEach(h => h.Dispose());
}
