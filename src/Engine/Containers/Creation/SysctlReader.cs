using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--sysctl NAME=VALUE</c>: only parameters that belong to a namespace which is the container's own.</summary>
internal sealed class SysctlReader(Findings findings)
{
    private static readonly string[] OfIpc =
        ["kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"];

    /// <summary>The parameters, names with dots.</summary>
    /// <param name="texts">The flags.</param>
    /// <param name="isOwn">Whether a namespace is the container's own.</param>
    public IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> texts, Func<NamespaceType, bool> isOwn)
    {
        var values = new Dictionary<string, string>();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            if (equals <= 0)
            {
                findings.Invalid("--sysctl", text, "it is NAME=VALUE");
                continue;
            }

            // As sysctl(8): with slashes as separators, a dot is part of a name (net/ipv4/conf/eth0.100/…).
            var typed = text[..equals];
            var slash = typed.IndexOf('/');
            var dot = typed.IndexOf('.');
            var name = slash >= 0 && (dot < 0 || slash < dot) ? typed.Replace('.', '\0').Replace('/', '.').Replace('\0', '/') : typed;
            var owner = Owner(name);
            if (owner is null)
            {
                findings.Invalid("--sysctl", text, "the parameter belongs to no namespace", "only net.*, fs.mqueue.*, kernel.domainname and the kernel.msg*, sem and shm* parameters can be set");
            }
            else if (!isOwn(owner.Value))
            {
                findings.Invalid("--sysctl", text, $"the {NamespaceText.NameOf(owner.Value)} namespace is not the container's own");
            }
            else
            {
                values[name] = text[(equals + 1)..];
            }
        }

        return values;
    }

    private static NamespaceType? Owner(string name)
    {
        var isPlain = !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@:/");
        if (!isPlain || name.Contains("..", StringComparison.Ordinal) || name.Contains("//", StringComparison.Ordinal) || name[^1] is '.' or '/')
        {
            return null;
        }

        return name.StartsWith("net.", StringComparison.Ordinal) ? NamespaceType.Network
            : name.StartsWith("fs.mqueue.", StringComparison.Ordinal) || Array.IndexOf(OfIpc, name) >= 0 ? NamespaceType.Ipc
            : name == "kernel.domainname" ? NamespaceType.Uts
            : null;
    }
}
