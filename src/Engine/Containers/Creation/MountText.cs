using System.Text;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--mount type=…,src=…,dst=…</c>: comma-separated values where quotes keep a comma.</summary>
internal sealed class MountText(string text, ICreationSources sources, Findings findings)
{
    private const string Flag = "--mount";

    private static readonly string[] CommonKeys =
        ["type", "source", "src", "target", "dst", "destination", "readonly", "ro", "propagation", "bind-propagation", "noexec", "nosuid", "nodev"];

    private readonly Dictionary<string, string> _options = [];
    private readonly Dictionary<string, string> _disk = [];
    private readonly List<string> _flags = [];
    private string _type = "volume";
    private string _source = "";
    private string _target = "";
    private string _subpath = "";
    private bool _readOnly;
    private Propagation _propagation = Propagation.RPrivate;

    private bool IsBuiltIn => _type is "bind" or "tmpfs" or "volume" or "ramdisk" or "image";

    /// <summary>The mount, or null with a finding.</summary>
    public MountSpec? Parse()
    {
        // It decides what the other keys may be, wherever it stands.
        _type = Fields(text).LastOrDefault(f => f.StartsWith("type=", StringComparison.OrdinalIgnoreCase))?["type=".Length..] ?? _type;
        foreach (var field in Fields(text))
        {
            var equals = field.IndexOf('=');
            var key = (equals < 0 ? field : field[..equals]).ToLowerInvariant();
            if (!Take(key, equals < 0 ? null : field[(equals + 1)..]))
            {
                findings.Invalid(Flag, text, $"\"{field}\" is no option", "the options are type, source, target, readonly, propagation, idmap, tmpfs-size, tmpfs-mode, volume-nocopy, volume-driver, volume-opt, volume-label, subpath of an image, and size, fs and backend of a RAM disk");
                return null;
            }
        }

        if (_target.Length == 0 || ContainerPath.ComplaintOfTarget(_target) is not null)
        {
            findings.Invalid(Flag, text, _target.Length == 0 ? "target= is missing" : ContainerPath.ComplaintOfTarget(_target)!);
            return null;
        }

        switch (_type)
        {
            case not "ramdisk" when _disk.Count > 0:
                findings.Invalid(Flag, text, $"{_disk.Keys.First()} is an option of a RAM disk", "add type=ramdisk");
                return null;
            case "bind" when _source.Length == 0:
                findings.Invalid(Flag, text, "a bind needs source=");
                return null;
            case "bind":
                _source = Path.GetFullPath(_source, sources.CurrentDirectory);
                break;
            case "tmpfs" when _source.Length > 0:
                findings.Invalid(Flag, text, "a tmpfs has no source");
                return null;
            case "tmpfs":
                _flags.AddRange(["noexec", "nosuid", "nodev"]);
                break;
            case "image" when sources.FindImage(_source) is { } image:
                return ImageMount.Of(image, ContainerPath.Normalize(_target), _subpath, _flags);
            case "image":
                findings.Invalid(Flag, text, _source.Length == 0 ? "an image needs source=" : $"there is no image {_source}", "minidock images lists the images");
                return null;
            case not "image" when _subpath.Length > 0:
                findings.Invalid(Flag, text, "a subpath is one of an image", "add type=image");
                return null;
            case "ramdisk" when _source.Length > 0:
                findings.Invalid(Flag, text, "a RAM disk has no source");
                return null;
            case "ramdisk":
                break;
            case "volume" when _source.Length == 0:
                _source = VolumeName.NewAnonymous();
                _options["anonymous"] = "true";
                break;
            case "volume" when !VolumeName.IsValid(_source):
                findings.Invalid(Flag, text, $"{_source} is not the name of a volume", $"a name is {VolumeName.Rule}; for a directory add type=bind");
                return null;
            case "volume":
                break;
        }

        return new MountSpec
        {
            Type = _type,
            Source = _source,
            Target = ContainerPath.Normalize(_target),
            ReadOnly = _readOnly,
            Flags = _flags,
            Propagation = _propagation,
            Options = _type == "ramdisk" ? RamdiskText.Complete(_disk) : _options,
        };
    }

    private bool Take(string key, string? value)
    {
        if (!IsBuiltIn && Array.IndexOf(CommonKeys, key) < 0)
        {
            // The manifest of a plugin says what it takes.
            _options[key] = value ?? "";
            return key.Length > 0;
        }

        switch (key, value)
        {
            case ("type", { Length: > 0 }):
                _type = value;
                return true;
            case ("source" or "src", not null):
                _source = value;
                return true;
            case ("target" or "dst" or "destination", not null):
                _target = value;
                return true;
            case ("readonly" or "ro", null or "true" or "1"):
                _readOnly = true;
                return true;
            case ("readonly" or "ro", "false" or "0"):
                return true;
            case ("propagation" or "bind-propagation", not null) when VolumeText.PropagationOf(value) is { } propagation:
                _propagation = propagation;
                return true;
            case ("subpath" or "image-subpath", { Length: > 0 }):
                _subpath = value;
                return true;
            case ("size" or "fs" or "backend", not null):
                return RamdiskText.TryOption($"{key}={value}", _disk);
            case ("tmpfs-size", not null):
                return TmpfsText.TryOption("size=" + value, _options);
            case ("tmpfs-mode", not null):
                return TmpfsText.TryOption("mode=" + value, _options);
            case ("bind-create-src", null or "true" or "1"):
                _options["create-source"] = "true";
                return true;
            case ("volume-nocopy", null or "true" or "1"):
                _options["nocopy"] = "true";
                return true;
            case ("volume-nocopy", "false" or "0"):
                return true;
            case ("volume-driver", { Length: > 0 }):
                _options["driver"] = value;
                return true;
            case ("volume-opt" or "volume-label", { Length: > 0 }) when value[0] != '=':
                var equals = value.IndexOf('=');
                _options[(key == "volume-opt" ? "opt:" : "label:") + (equals < 0 ? value : value[..equals])] = equals < 0 ? "" : value[(equals + 1)..];
                return true;
            case ("idmap", null or "true" or "1"):
                _options["idmap"] = "true";
                return true;
            case ("noexec" or "nosuid" or "nodev", null):
                _flags.Add(key);
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<string> Fields(string text)
    {
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        yield return field.ToString();
    }
}
