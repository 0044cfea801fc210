using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads one attachment as <c>--net</c> takes it, for a container that exists.</summary>
public static class AttachmentReader
{
    /// <summary>Reads it.</summary>
    /// <param name="text">A network, or <c>PROVIDER[:INSTANCE][,key=value…]</c>.</param>
    /// <param name="more">Keys that flags of their own have given; null: not given.</param>
    /// <param name="sources">What is looked up outside.</param>
    /// <exception cref="EngineException">It is none; exit code 1.</exception>
    public static AttachmentSpec Read(string text, IEnumerable<(string Key, string? Value)> more, ICreationSources sources)
    {
        var findings = new Findings();
        var flags = new RunFlags();
        flags.Networks.Add(text);
        var attachments = new NetworkReader(sources, findings).Read(flags, null);
        if (findings.Problems.Count > 0)
        {
            throw EngineException.Of(findings.Problems, exitCode: 1);
        }

        var options = new Dictionary<string, string>(attachments[0].Options);
        foreach (var (key, value) in more)
        {
            if (value is not null)
            {
                options[key] = value;
            }
        }

        return attachments[0] with { Options = options };
    }
}
