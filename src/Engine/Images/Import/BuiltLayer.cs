using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Compression;

namespace MiniDock.Engine.Images.Import;

/// <summary>A layer's file that is complete.</summary>
/// <param name="DiffId">Digest of its tar.</param>
/// <param name="TarBytes">Length of its tar.</param>
/// <param name="ContentBytes">Bytes of its files.</param>
/// <param name="Packing">How the archive came.</param>
public sealed record BuiltLayer(Digest DiffId, long TarBytes, long ContentBytes, CompressionKind Packing);
