using System.Runtime.CompilerServices;

// Stack buffers for paths and messages are always written before they are read; zeroing them costs more than the calls.
[module: SkipLocalsInit]
[assembly: InternalsVisibleTo("MiniDock.Tests.Abi")]
[assembly: InternalsVisibleTo("MiniDock.Tests.Unit")]
