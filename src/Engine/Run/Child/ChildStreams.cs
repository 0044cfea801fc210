using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Run.Child;

/// <summary>The descriptors that a child gets of the engine.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsTerminal">Whether they are a terminal that becomes the child's.</param>
/// <param name="Namespaces">Namespaces to join, by type.</param>
internal sealed record ChildStreams(
    SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error, bool IsTerminal, IReadOnlyDictionary<NamespaceType, SafeFileHandle> Namespaces);
