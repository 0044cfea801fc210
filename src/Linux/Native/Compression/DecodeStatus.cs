namespace MiniDock.Linux.Native.Compression;

/// <summary>What a decoder has to say after a step.</summary>
public enum DecodeStatus
{
    /// <summary>Wants more input, or more room for output.</summary>
    More,

    /// <summary>A member, frame or stream is complete, its checksum right.</summary>
    End,

    /// <summary>The data is not what an encoder wrote: bad structure or checksum.</summary>
    Damaged,

    /// <summary>Decoding would take more memory than allowed.</summary>
    OverMemoryLimit,

    /// <summary>The library could not get memory.</summary>
    OutOfMemory,
}
