namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads labels and annotations. They are data for people and programs: nothing here chooses a part of the engine by them.</summary>
internal sealed class LabelReader(ICreationSources sources, Findings findings)
{
    /// <summary>The image's labels, those of files, then those of flags.</summary>
    public IReadOnlyDictionary<string, string> Labels(RunFlags flags, ImageDefaults image)
    {
        var labels = new Dictionary<string, string>(image.Labels);
        foreach (var file in flags.LabelFiles)
        {
            foreach (var (line, _) in KeyValueFile.Lines(sources, findings, "--label-file", file))
            {
                Add(labels, "--label-file", line);
            }
        }

        foreach (var label in flags.Labels)
        {
            Add(labels, "--label", label);
        }

        return labels;
    }

    /// <summary>The annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations(RunFlags flags)
    {
        var annotations = new Dictionary<string, string>();
        foreach (var annotation in flags.Annotations)
        {
            Add(annotations, "--annotation", annotation);
        }

        return annotations;
    }

    private void Add(Dictionary<string, string> target, string flag, string text)
    {
        var equals = text.IndexOf('=');
        var name = equals < 0 ? text : text[..equals];
        if (name.Length == 0)
        {
            findings.Invalid(flag, text, "it has no name");
            return;
        }

        target[name] = equals < 0 ? "" : text[(equals + 1)..];
    }
}
