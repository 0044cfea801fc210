using MiniDock.Linux.Bpf;

namespace MiniDock.Engine.Run.Security;

/// <summary>What a profile says about some system calls. A name that an interface does not have is passed over.</summary>
/// <param name="Names">The calls.</param>
/// <param name="Action">What happens.</param>
/// <param name="Conditions">All must hold.</param>
internal sealed record SeccompEntry(IReadOnlyList<string> Names, SeccompAction Action, IReadOnlyList<SeccompCondition> Conditions);
