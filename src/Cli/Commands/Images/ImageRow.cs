using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary>An image under one of its names as a row of <c>images</c>, with docker's field names.</summary>
internal static class ImageRow
{
    private const string None = "<none>";

    /// <summary>The columns of the table.</summary>
    public static readonly Column[] Columns =
        [new("Repository", "REPOSITORY"), new("Tag", "TAG"), new("ID", "IMAGE ID"), new("CreatedSince", "CREATED"), new("Size", "SIZE")];

    /// <summary>Fields that the table does not show.</summary>
    public static readonly Column[] Others =
    [
        new("CreatedAt", "CREATED AT"), new("Digest", "DIGEST"), new("SharedSize", "SHARED SIZE"), new("UniqueSize", "UNIQUE SIZE"),
        new("VirtualSize", "VIRTUAL SIZE"), new("Containers", "CONTAINERS"),
    ];

    /// <summary>Makes the row.</summary>
    public static JsonObject Of(ImageSummary image, ImageReference? name, bool isWhole, DateTimeOffset now)
    {
        var created = image.Config.Created ?? DateTimeOffset.UnixEpoch;
        return new JsonObject
        {
            ["Repository"] = name?.Name ?? None,
            ["Tag"] = name?.Tag ?? None,
            ["ID"] = isWhole ? image.Id.ToString() : image.Id.Short,
            ["CreatedSince"] = HumanTime.Since(created, now) + " ago",
            ["Size"] = DecimalSize.Of(image.SizeBytes),
            ["CreatedAt"] = created.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            ["Digest"] = None,
            ["SharedSize"] = DecimalSize.Of(image.SharedBytes),
            ["UniqueSize"] = DecimalSize.Of(image.SizeBytes - image.SharedBytes),
            ["VirtualSize"] = DecimalSize.Of(image.SizeBytes),
            ["Containers"] = image.Containers.ToString(CultureInfo.InvariantCulture),
        };
    }
}
